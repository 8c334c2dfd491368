/** The styles of a timeline in a page: of its picture, and of what stands around it. */
import { pageStyle } from '../../timeline/style.ts';
import around from './timeline.css?inline';

export const timelineStyles = pageStyle + around;
