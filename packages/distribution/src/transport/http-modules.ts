/**
 * Node's module for the protocol of a URL. Loaded at the first request, and not by `import`, which evaluates every export:
 * `node:http` has some that bring all of fetch with them, a third of the time in which an action starts.
 */
export const httpFor = ({
  protocol,
}: URL): Pick<typeof import('node:http'), 'Agent' | 'request'> =>
  protocol === 'https:'
    ? process.getBuiltinModule('node:https')
    : process.getBuiltinModule('node:http');
