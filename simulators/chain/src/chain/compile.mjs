// Compiles TestTokens.sol: the contracts' bytecode, by name, into a file: node compile.mjs FILE
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const solc = createRequire(import.meta.url)('solc')
const input = {
  language: 'Solidity',
  sources: { 'TestTokens.sol': { content: readFileSync('TestTokens.sol', 'utf8') } },
  settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'cancun', outputSelection: { '*': { '*': ['evm.bytecode.object'] } } }
}
const find = path => ({ contents: readFileSync(new URL('node_modules/' + path, import.meta.url), 'utf8') })
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }))
for (const error of output.errors ?? []) {
  if (error.severity === 'error') {
    console.error(error.formattedMessage)
    process.exitCode = 1
  }
}
const contracts = Object.entries(output.contracts?.['TestTokens.sol'] ?? {})
  .map(([name, contract]) => [name, '0x' + contract.evm.bytecode.object])
writeFileSync(process.argv[2], JSON.stringify(Object.fromEntries(contracts)))
