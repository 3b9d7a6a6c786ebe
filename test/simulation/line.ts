import type { IncomingMessage } from 'node:http';
import type { Connections, Letter } from '../../packages/distribution/src/transport/connections.ts';
import type {
  DirectAnswer,
  DirectRequest,
} from '../../packages/testing/src/registry/direct-registry.ts';
import { repositoryName } from './content.ts';
import type { Job } from './job.ts';
import { replyOf, socketError } from './reply.ts';
import { flipped, pageFor, refusalOf } from './spoil.ts';
import { type Fate, fateOf, timeOnTheWay } from './weather.ts';
import type { Done, World } from './world.ts';

// As long as the client waits for the head of an answer, in ms.
const patience = 120_000;

interface Exchange {
  readonly request: DirectRequest;
  readonly path: string;
  /** Tells whoever waits; nothing reaches those who gave up or are dead. */
  readonly answer: (answer: DirectAnswer, broken?: boolean) => void;
  /** Tells it as it is, and remembers that it was told. */
  readonly tellTruly: (done: Done) => void;
  readonly fail: (code: 'ECONNRESET' | 'ECONNREFUSED') => void;
}

/** What stands between the client of a job and the registry. */
export function createLine(world: World, job: Job): Connections {
  let sent = 0;
  return {
    bodyTimeout: patience,
    destroy() {},
    async send(letter) {
      const request = await requestOf(letter);
      if (!job.alive()) return new Promise<never>(() => {});
      sent += 1;
      const { promise, ...exchange } = openExchange(world, job, letter, request);
      const fate = fateOf(world.chances.network, world.weather, request.method);
      travel(world, job, exchange, fate);
      if (sent === job.dies) job.kill();
      return promise;
    },
  };
}

function openExchange(
  world: World,
  job: Job,
  letter: Letter,
  request: DirectRequest,
): Exchange & { readonly promise: Promise<IncomingMessage> } {
  const { loop, story } = world;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { method, url } = request;
  const path = decodeURIComponent(`${url.pathname}${url.search}`).replace(
    `/v2/${repositoryName}/`,
    '',
  );
  const giveUp = loop.after(patience + (letter.patience ?? 0), () => {
    if (!job.alive()) return;
    story.tell(job.name, `gives up on ${method} ${path}`);
    reject(socketError('ETIMEDOUT'));
  });
  const tell = (end: () => void): void => {
    giveUp();
    if (job.alive()) end();
  };
  return {
    promise,
    request,
    path,
    answer: (answer, broken = false) => tell(() => resolve(replyOf(answer, broken))),
    tellTruly: (done) =>
      tell(() => {
        world.sightings.note(job.name, { method, path, ...done });
        resolve(replyOf(done.answer, false));
      }),
    fail: (code) => tell(() => reject(socketError(code))),
  };
}

function travel(world: World, job: Job, exchange: Exchange, fate: Fate): void {
  const { loop, story, weather, chances } = world;
  const { method } = exchange.request;
  const way = (): number => timeOnTheWay(chances.network, weather);
  const tell = (end: string): void => story.tell(job.name, `${method} ${exchange.path} ${end}`);
  const later = (end: () => void): void => void loop.after(way(), end);
  loop.after(way() + (fate.kind === 'late' ? fate.by : 0), async () => {
    const outage = weather.outages.find(
      ({ from, until }) => loop.now() >= from && loop.now() < until,
    );
    if (outage?.how === 'unreachable') {
      tell('finds nobody: the registry is down');
      return later(() => exchange.fail('ECONNREFUSED'));
    }
    if (outage !== undefined) {
      tell('→ 503, the registry is down');
      return later(() => exchange.answer(refusalOf(503)));
    }
    if (fate.kind === 'lost') {
      tell('is lost');
      return later(() => exchange.fail('ECONNRESET'));
    }
    await arrive(world, job, exchange, { fate, tell, later });
  });
}

interface Arrival {
  readonly fate: Fate;
  readonly tell: (end: string) => void;
  readonly later: (end: () => void) => void;
}

async function arrive(
  world: World,
  job: Job,
  exchange: Exchange,
  { fate, tell, later }: Arrival,
): Promise<void> {
  if (fate.kind === 'refused' && !fate.worked) {
    tell(`→ ${fate.status}`);
    return later(() => exchange.answer(refusalOf(fate.status, fate.retryAfter)));
  }
  const done = await world.ask(job.name, exchange, fate.kind === 'stale' ? fate.by : 0);
  const { answer } = done;
  tell(`→ ${answer.status}${wordsFor(fate)}`);
  if (fate.kind === 'doubled') {
    world.loop.after(fate.by, async () => {
      const again = await world.ask(job.name, exchange, 0);
      tell(`→ ${again.answer.status}, for the second time`);
    });
  }
  if (fate.kind === 'refused') {
    return later(() => exchange.answer(refusalOf(fate.status, fate.retryAfter)));
  }
  const isEmpty = answer.body.byteLength === 0;
  if (fate.kind === 'answer lost') return later(() => exchange.fail('ECONNRESET'));
  if (fate.kind !== 'wrong') return later(() => exchange.tellTruly(done));
  if (fate.how === 'page') return later(() => exchange.answer(pageFor(exchange.request)));
  if (isEmpty) return later(() => exchange.fail('ECONNRESET'));
  // A bit that nobody could see to be wrong would be nobody's fault.
  const isChecked = answer.status === 200 && 'docker-content-digest' in answer.headers;
  if (fate.how === 'half' || !isChecked) return later(() => exchange.answer(answer, true));
  later(() => exchange.answer(flipped(answer)));
}

function wordsFor(fate: Fate): string {
  if (fate.kind === 'fine') return '';
  if (fate.kind === 'refused') return `, told as ${fate.status}`;
  if (fate.kind === 'wrong') return `, told with a wrong ${fate.how}`;
  return 'by' in fate ? `, ${fate.kind} by ${Math.round(fate.by)} ms` : `, ${fate.kind}`;
}

async function requestOf({ method, url, headers, content }: Letter): Promise<DirectRequest> {
  const pieces: Uint8Array[] = [];
  if (content instanceof Uint8Array) pieces.push(content);
  else if (content !== undefined) for await (const piece of content) pieces.push(piece);
  return { method, url, headers, body: Buffer.concat(pieces) };
}
