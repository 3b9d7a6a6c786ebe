import { registerHooks } from 'node:module';

// GitHub's parser imports its schemas as JSON without the attribute that Node asks for. Loaded with
// `node --import`, this adds it, for files of GitHub's packages alone.
registerHooks({
  load(url, context, nextLoad) {
    const isSchema = url.endsWith('.json') && url.includes('/@actions/');
    return nextLoad(
      url,
      isSchema
        ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
        : context,
    );
  },
});
