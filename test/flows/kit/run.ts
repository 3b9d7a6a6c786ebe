import { type Run, type RunOptions, runWorkflow } from '@oci-matrix/testing';
import { builtActions } from './checkout.ts';

/** The repository that `vars.IMAGE` names. */
export const repository = 'acme/app';

interface RunOnOptions extends Partial<RunOptions> {
  /** Files for the checkout, beside the actions. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs a workflow of the built actions; its `vars.IMAGE` is in the registry. */
export async function runOn(
  registry: { readonly host: string },
  source: string,
  { files = {}, vars = {}, ...options }: RunOnOptions = {},
): Promise<Run> {
  await using owned = new AsyncDisposableStack();
  const checkout = owned.use(await builtActions(files));
  const run = owned.use(
    await runWorkflow({
      ...{ checkout: checkout.path, source, ...options },
      vars: { IMAGE: `${registry.host}/${repository}`, ...vars },
    }),
  );
  const moved = owned.move();
  return { ...run, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}
