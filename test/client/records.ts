import {
  aggregate,
  createRecord,
  type ImagePlan,
  type Records,
  recordText,
} from '@oci-matrix/core';

/** The records of the legs that pushed these images, one each. */
export function recordsOf(image: string, plans: readonly ImagePlan[]): Records {
  const carried = plans.map(({ root, children }, index) => {
    const record = createRecord(
      {
        ...{ group: 'app', leg: `leg-${index}`, index, total: plans.length, matrix: { index } },
        run: { id: '1', number: 1, attempt: 1, job: 'push' },
      },
      { image, descriptor: root, ...(children === undefined ? {} : { children }) },
      new Date(0),
    );
    return { artifact: `leg-${index}`, text: recordText(record) };
  });
  return aggregate({ carried });
}
