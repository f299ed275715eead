import type { FaultDetail } from './fault.ts'

// One sentence per code. The codes are JSONata's, so that its documentation applies; those with a 9 in the hundreds'
// place of their group (S9xxx at compile time, D9xxx at evaluation) are ours.

type Sentence = string | ((detail: FaultDetail) => string)

const sentences: Readonly<Record<string, Sentence>> = {
  S0101: 'The string is not closed',
  S0102: ({ token }) => `The number ${token} is out of range`,
  S0103: ({ token }) => `\\${token} is not an escape sequence`,
  S0104: '\\u takes four hexadecimal digits',
  S0105: 'The quoted name is not closed by a backquote',
  S0106: 'The comment is not closed',
  S0201: ({ token }) => `${token} is not expected here`,
  S0202: ({ token, value }) => `${value} is expected here, not ${token}`,
  S0203: ({ value }) => `The expression ends where ${value} is expected`,
  S0204: ({ token }) => `There is no operator ${token}`,
  S0205: ({ token }) => `${token} is not expected here`,
  S0206: ({ token }) => `${token} is no expression`,
  S0207: 'The expression ends too early',
  S0208: ({ value }) => `Parameter ${value} of the function must be a variable, as in $x`,
  S0209: 'A filter cannot follow a grouping within a step',
  S0210: 'A step can have only one grouping',
  S0211: ({ token }) => `${token} needs a left side`,
  S0212: 'The left side of := must be a variable, as in $x',
  S0213: ({ value }) => `${value} cannot be a step of a path`,
  S0214: ({ token }) => `The right side of ${token} must be a variable, as in $x`,
  S0215: 'A variable binding must come before the filters of its step',
  S0216: 'A variable binding must come before the ordering of its step',
  S0217: 'There is no parent that % could mean here',
  S0301: 'The regular expression is empty',
  S0302: 'The regular expression is not closed',
  S0401: 'Only arrays and functions can have a type parameter in a signature',
  S0402: 'A choice of types in a signature cannot have type parameters',
  S0500: ({ message }) => `The expression is not well formed${message === undefined ? '' : `: ${message}`}`,
  S9001: ({ value }) => `The expression is longer than ${value} characters`,
  S9002: ({ value }) => `The expression nests deeper than ${value} levels`,
  S9003: '$eval is not available: an expression runs as it was deployed',
  S9004: ({ message }) => `The regular expression is not supported: ${message}`,
  T0410: ({ index, token }) => `Argument ${index} of ${token} does not fit its signature`,
  T0411: ({ index, token }) => `The context cannot stand in for argument ${index} of ${token}`,
  T0412: ({ index, token, type }) => `Argument ${index} of ${token} must be an array of ${itemTypes(type)}`,
  T1003: ({ value }) => `A key of an object must be a string, not ${show(value)}`,
  T1005: ({ token }) => `${token} is not a function; $${token} is`,
  T1006: ({ token }) => `${token ?? 'This'} is not a function`,
  T1007: ({ token }) => `${token} is not a function that could be partially applied; $${token} is`,
  T1008: 'Only a function can be partially applied',
  T1010: ({ token }) => `The function given to ${token} is not a matcher`,
  T2001: ({ token, value }) => `The left side of ${token} must be a number, not ${show(value)}`,
  T2002: ({ token, value }) => `The right side of ${token} must be a number, not ${show(value)}`,
  T2003: ({ value }) => `A range must start with an integer, not ${show(value)}`,
  T2004: ({ value }) => `A range must end with an integer, not ${show(value)}`,
  T2006: 'The right side of ~> must be a function',
  T2007: ({ value, value2 }) => `${show(value)} and ${show(value2)} cannot be put in order: their types differ`,
  T2008: ({ value }) => `Only numbers and strings can be put in order, not ${show(value)}`,
  T2009: ({ token, value, value2 }) => `${show(value)} ${token} ${show(value2)}: the types differ`,
  T2010: ({ token, value }) => `${token} compares numbers or strings, not ${show(value)}`,
  T2011: ({ value }) => `The update of a transform must be an object, not ${show(value)}`,
  T2012: ({ value }) => `The deletions of a transform must be strings, not ${show(value)}`,
  T2013: 'A transform needs $clone, which is bound to something else here',
  D1001: ({ value }) => `${value} is not a number that JSON can hold`,
  D1002: ({ value }) => `Only a number can be negated, not ${show(value)}`,
  D1004: 'The regular expression matches an empty string over and over',
  D1009: ({ value }) => `The key ${show(value)} is given twice`,
  D1011: 'Too many function calls within each other; a call in tail position costs nothing',
  D1012: ({ value }) => `The evaluation takes more than ${value} steps`,
  D2014: ({ value }) => `A range of ${value} items is too long`,
  D2015: ({ value }) => `An array or sequence gets longer than ${value} items`,
  D3001: 'Infinity and NaN have no text',
  D3010: 'The pattern of $replace must not be empty',
  D3011: 'The limit of $replace must not be negative',
  D3012: ({ value }) => `The replacement must be a string, not ${show(value)}`,
  D3020: 'The limit of $split must not be negative',
  D3030: ({ value }) => `${show(value)} is not a number`,
  D3040: 'The limit of $match must not be negative',
  D3050: 'The function given to $reduce must have at least two parameters',
  D3060: ({ value }) => `There is no square root of ${show(value)}`,
  D3061: ({ value, value2 }) => `${show(value)} to the power of ${show(value2)} is not a number that JSON can hold`,
  D3070: 'Without a function, $sort takes an array of numbers or an array of strings',
  D3080: 'A number picture has at most two parts',
  D3081: 'A number picture has at most one decimal separator',
  D3082: 'A number picture has at most one percent sign',
  D3083: 'A number picture has at most one per-mille sign',
  D3084: 'A number picture cannot have both a percent and a per-mille sign',
  D3085: 'A number picture needs a digit',
  D3086: 'A number picture cannot have text between its digits',
  D3087: 'In a number picture, separators of groups and decimals cannot touch',
  D3088: 'In a number picture, the integer part cannot end with a grouping separator',
  D3089: 'In a number picture, grouping separators cannot touch',
  D3090: 'In the integer part of a number picture, # cannot follow a digit',
  D3091: 'In the fraction of a number picture, # cannot come before a digit',
  D3092: 'A number picture cannot have both a percent sign and an exponent',
  D3093: 'The exponent of a number picture consists of digits',
  D3100: ({ value }) => `The radix must be between 2 and 36, not ${show(value)}`,
  D3110: ({ value }) => `${show(value)} is not an ISO 8601 timestamp`,
  D3130: ({ value }) => `Numbering by ${show(value)} is not supported`,
  D3131: 'The digits of a picture must be of one family',
  D3132: ({ value }) => `${show(value)} is no component of a date picture`,
  D3133: ({ value }) => `The date component ${show(value)} has no name`,
  D3134: 'The offset of a date picture has at most four digits',
  D3135: 'A [ in the date picture is not closed',
  D3136: 'The date picture lacks components between those that it has',
  D3137: ({ message }) => message ?? 'The expression raised an error',
  D3138: 'More than one item matches $single',
  D3139: 'No item matches $single',
  D3140: ({ token, value }) => `${show(value)} is malformed for ${token}`,
  D3141: ({ message }) => message ?? 'An assertion does not hold',
  D9001: ({ value }) => `A string or the result gets longer than ${value} characters`,
  D9002: ({ value }) => `Data nests deeper than ${value} levels`,
}

export function messageOf(code: string, detail: FaultDetail): string {
  const sentence = sentences[code]
  if (sentence === undefined) return detail.message ?? `The expression failed with ${code}`
  return typeof sentence === 'string' ? sentence : sentence(detail)
}

const itemTypeNames: Readonly<Record<string, string>> = {
  a: 'arrays',
  b: 'booleans',
  f: 'functions',
  n: 'numbers',
  o: 'objects',
  s: 'strings',
}

const itemTypes = (type: string | undefined) => itemTypeNames[type?.charAt(0) ?? ''] ?? 'another type'

/** Short and shallow: the value may be of any size, and messages end up in logs. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  return value === undefined ? 'nothing' : String(value)
}
