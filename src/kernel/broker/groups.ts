/**
 * Process groups and sessions, as Linux has them (`kernel/sys.c`, setpgid(2), setsid(2)).
 *
 * Invariant: the processes of a group are of one session. A session's number is that of the process that made it, which is never
 * the first: a program of the page is the job of a shell, so to say, whose number is 1.
 */
import type { BrokerError, BrokerPid, FromBroker, ToBroker } from '../../protocol/broker.ts';
import type { Process } from './process.ts';

type Processes = ReadonlyMap<BrokerPid, Process>;

export const shellSession: BrokerPid = 1;

function hasGroup(processes: Processes, group: BrokerPid, session: BrokerPid): boolean {
  return [...processes.values()].some((one) => one.group === group && one.session === session);
}

/** The group and the session of a new child; or the error that its `setsid` or `setpgid` ends in. */
export function placeOf(
  processes: Processes,
  parent: Process,
  pid: BrokerPid,
  group: number | undefined,
  leads: boolean,
): { readonly group: BrokerPid; readonly session: BrokerPid } | BrokerError {
  // Who leads a session leads its group, and cannot leave it.
  if (leads) return group === undefined ? { group: pid, session: pid } : 'EPERM';
  const { session } = parent;
  if (group === undefined) return { group: parent.group, session };
  if (group === 0) return { group: pid, session };
  return hasGroup(processes, group, session) ? { group, session } : 'EPERM';
}

/** What `caller` is answered. */
export function answer(
  processes: Processes,
  caller: Process,
  message: Extract<ToBroker, { type: `process.${'ask' | 'list' | 'join' | 'lead'}` }>,
): FromBroker {
  const { request } = message;
  switch (message.type) {
    case 'process.ask': {
      const process = message.target === 0 ? caller : processes.get(message.target);
      if (!process) return { type: 'process.known', request, error: 'ESRCH' };
      return { type: 'process.known', request, group: process.group, session: process.session };
    }
    case 'process.list': {
      const group = message.group === 0 ? caller.group : message.group;
      const own = [...processes.values()].filter((one) => one.parent === caller && one.group === group);
      return { type: 'process.listed', request, pids: own.map(({ pid }) => pid) };
    }
    case 'process.join':
    case 'process.lead': {
      const error =
        message.type === 'process.lead'
          ? lead(processes, caller)
          : join(processes, caller, message.target, message.group);
      return { type: 'process.moved', request, ...(error && { error }) };
    }
  }
}

/** `setpgid`. */
function join(processes: Processes, caller: Process, target: number, wanted: number): BrokerError | undefined {
  if (wanted < 0) return 'EINVAL';
  const process = target === 0 ? caller : processes.get(target);
  if (!process) return 'ESRCH';
  const group = wanted === 0 ? process.pid : wanted;
  if (process.parent === caller) {
    // Every child runs a program of its own already, so its parent comes too late.
    return process.session === caller.session ? 'EACCES' : 'EPERM';
  }
  if (process !== caller) return 'ESRCH';
  if (process.session === process.pid) return 'EPERM';
  if (group !== process.pid && !hasGroup(processes, group, process.session)) return 'EPERM';
  process.group = group;
  return undefined;
}

/** `setsid`. */
function lead(processes: Processes, caller: Process): BrokerError | undefined {
  if ([...processes.values()].some((one) => one.group === caller.pid)) return 'EPERM';
  caller.group = caller.session = caller.pid;
  return undefined;
}
