// A definition of as many steps as asked for, the same each time: sections in a row, each with a choice, a wait that may run
// out of time, an error edge, a forEach, a parallel and a scope. What big workflows look like, not the easy case of one chain.

/** @typedef {{ [key: string]: unknown }} Fields */
/** @typedef {{ start: string, steps: { [id: string]: Fields } }} Scope */

/**
 * @param {string} title
 * @param {Fields} [more]
 * @returns {Fields}
 */
const activity = (title, more = {}) => ({
  type: 'activity',
  title,
  activity: 'Echo',
  input: { order: '{% $input.id %}', note: title },
  ...more,
})

/**
 * @param {string} first
 * @param {string} second
 * @returns {Scope}
 */
const pair = (first, second) => ({
  start: 'first',
  steps: { first: activity(first, { next: 'second' }), second: activity(second, { output: '{% $result %}' }) },
})

const stepsOfSection = 21

/**
 * @param {number} number
 * @param {string | undefined} next where the section leads to
 * @returns {{ [id: string]: Fields }}
 */
function section(number, next) {
  const id = (/** @type {string} */ name) => `${name}${number}`
  return {
    [id('take')]: activity(`Take part ${number}`, {
      retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT5S' },
      catch: [{ errors: ['*'], next: id('repair') }],
      next: id('which'),
    }),
    [id('repair')]: activity(`Repair part ${number}`, { next: id('which') }),
    [id('which')]: {
      type: 'choice',
      title: `How large is part ${number}?`,
      choices: [
        { when: `{% $input.total > ${(number + 1) * 100} %}`, next: id('approve') },
        { when: `{% $input.total > ${(number + 1) * 10} %}`, next: id('check'), title: 'Medium' },
      ],
      otherwise: id('each'),
    },
    [id('approve')]: {
      type: 'waitForEvent',
      title: `Approve part ${number}`,
      event: `approval-${number}`,
      timeout: 'PT24H',
      onTimeout: id('remind'),
      next: id('each'),
    },
    [id('remind')]: activity(`Remind of part ${number}`, { next: id('each') }),
    [id('check')]: activity(`Check part ${number}`, { next: id('each') }),
    [id('each')]: {
      type: 'forEach',
      title: `Each item of part ${number}`,
      items: '{% $input.items %}',
      maxConcurrency: 5,
      body: {
        start: 'quote',
        steps: {
          quote: activity('Quote the item', { input: { item: '{% $item %}' }, next: 'kind' }),
          kind: {
            type: 'choice',
            title: 'In stock?',
            choices: [{ when: '{% $index > 3 %}', next: 'reserve', title: 'In stock' }],
            otherwise: 'order',
          },
          reserve: activity('Reserve the item'),
          order: activity('Order the item'),
        },
      },
      next: id('both'),
    },
    [id('both')]: {
      type: 'parallel',
      title: `Both sides of part ${number}`,
      branches: { left: pair('Pack', 'Weigh'), right: pair('Invoice', 'Book') },
      next: id('safe'),
    },
    [id('safe')]: {
      type: 'scope',
      title: `Hand over part ${number}`,
      catch: [{ errors: ['Timeout'], next: id('note') }],
      body: pair('Load', 'Drive'),
      next: id('note'),
    },
    [id('note')]: { type: 'setCustomStatus', title: `Part ${number} done`, status: `Part ${number}`, next: id('rest') },
    [id('rest')]: { type: 'timer', title: `Rest after part ${number}`, delay: 'PT5M', ...(next && { next }) },
  }
}

/** @param {number} count how many steps in all, those inside of containers counted */
export function bigDefinition(count) {
  const sections = Math.floor(count / stepsOfSection)
  const tail = count - sections * stepsOfSection
  const first = (/** @type {number} */ number) => (number < sections ? `take${number}` : tail > 0 ? 'tail0' : undefined)
  const steps = Object.assign(
    {},
    ...Array.from({ length: sections }, (_, number) => section(number, first(number + 1))),
    ...Array.from({ length: tail }, (_, number) => ({
      [`tail${number}`]: activity(`Close ${number}`, number + 1 < tail ? { next: `tail${number + 1}` } : {}),
    })),
  )
  return { dsl: '1', name: `speed-${count}`, title: `A workflow of ${count} steps`, start: first(0), steps }
}

/**
 * @param {{ steps?: { [id: string]: Fields } }} scope
 * @returns {number}
 */
export function stepsIn({ steps = {} }) {
  return Object.values(steps).reduce((sum, step) => {
    const inner = [...(step.body ? [step.body] : []), ...Object.values(step.branches ?? {})]
    return sum + 1 + inner.reduce((all, body) => all + stepsIn(body), 0)
  }, 0)
}
