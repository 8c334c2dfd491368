/** A lost update, and the name of the schedule that shows it each time. */
import { mark } from '../../../src/schedules/mark.ts';
import { writeName } from '../../../src/schedules/schedule-name.ts';

export const race = `from threading import Thread
count = 0
def add():
    global count
    seen = count
    print("read", seen)
    count = seen + 1
threads = [Thread(target=add) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print("count is", count)`;

export const worstOrder = writeName({
  ...{ granularity: 'gil', python: '3.14.2', schedule: '1p2:2+2p1:2' },
  mark: mark({ source: race, before: [], beside: {} }),
});
