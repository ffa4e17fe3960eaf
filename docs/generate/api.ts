import { readdir, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter, ReflectionKind } from 'typedoc'
import type { ProjectReflection } from 'typedoc'
import { entryFile, publicPackages } from '../../checks/release/packages.ts'

/** The API reference, from the sources and their doc comments: a folder per entry point, a page per export. */
export async function writeApi(root: string, site: string): Promise<void> {
  const entries = sourceFiles(root)
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [...entries.keys()],
    tsconfig: join(root, 'docs', 'tsconfig.json'),
    // By its file: typedoc looks for a plugin's name beside itself, where this workspace puts nothing.
    plugin: [fileURLToPath(import.meta.resolve('typedoc-plugin-markdown'))],
    name: 'API reference',
    readme: 'none',
    disableSources: true,
    excludePrivate: true,
    excludeInternal: true,
    githubPages: false,
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
  })
  for (const [name, value] of Object.entries(markdownOptions)) app.options.setValue(name as never, value as never)
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => nameModules(project, root, entries))
  app.options.setValue('outputs', [{ name: 'markdown', path: join(site, 'api') }])
  const project = await app.convert()
  if (project === undefined) throw new Error('docs: the sources do not compile, so there is no reference. Run `tsc`.')
  await app.generateOutputs(project)
  await writeIndex(join(site, 'api'), [...entries.values()])
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('docs: typedoc had the complaints above.')
}

/** All there is on one page: every function, class and value of each entry point, by name. */
async function writeIndex(api: string, entries: readonly string[]): Promise<void> {
  const sections = ['# API reference', 'From the sources and their doc comments.']
  for (const entry of entries.toSorted()) {
    sections.push(`## [${entry}](./${entry}/index.md)`)
    for (const kind of ['functions', 'classes', 'variables']) {
      const files = await readdir(join(api, entry, kind)).catch(() => [])
      const links = files.toSorted().map((file) => `[\`${basename(file, '.md')}\`](./${entry}/${kind}/${file})`)
      if (links.length > 0) sections.push(links.join(' '))
    }
  }
  await writeFile(join(api, 'index.md'), sections.join('\n\n') + '\n')
}

const markdownOptions: Record<string, unknown> = {
  entryFileName: 'index',
  pageTitleTemplates: { index: 'API reference', member: ({ name }: { name: string }) => name, module: '{name}' },
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  indexFormat: 'table',
}

/** Source file of each entry point → the name that a program imports it by. */
function sourceFiles(root: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const { folder, manifest, entries } of publicPackages(root)) {
    for (const entry of entries) {
      files.set(join(folder, entryFile(manifest, entry, ['@lab/source'])), entry)
    }
  }
  return files
}

/** typedoc names a module after its file; a reader knows it by what to import. */
function nameModules(project: ProjectReflection, root: string, entries: ReadonlyMap<string, string>): void {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const file = project.getSymbolIdFromReflection(module)?.fileName ?? ''
    const name = entries.get(file) ?? [...entries].find(([path]) => file.endsWith(relative(root, path)))?.[1]
    if (name === undefined) throw new Error(`docs: no entry point for the module ${module.name} (${file}).`)
    module.name = name
  }
}
