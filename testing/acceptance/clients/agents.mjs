// OpenAI's agents, over either of the protocols that they speak.
import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents'
import OpenAI from 'openai'
import { ANSWER, TOOL, limitOf } from './asked.mjs'
import sdks from './sdks.mjs'

const client = (useResponses, { origin, model }, errors) => {
  const agent = (asked, more) =>
    new Agent({
      name: 'Assistant', model: asked.model ?? model, modelSettings: { maxTokens: limitOf(asked) }, ...more })
  const runner = (asked) => {
    const openAIClient = new OpenAI({
      baseURL: `${origin}/v1`, apiKey: asked.key, maxRetries: asked.retries ?? 0, timeout: asked.timeoutMillis })
    return new Runner({ modelProvider: new OpenAIProvider({ openAIClient, useResponses }), tracingDisabled: true })
  }
  const used = (result) => result.rawResponses.at(-1).usage.outputTokens
  return {
    ...errors,
    async whole(asked) {
      const result = await runner(asked).run(agent(asked), asked.prompt, { signal: asked.signal })
      return { text: result.finalOutput, used: used(result) }
    },
    async *streamed(asked) {
      const result = await runner(asked).run(agent(asked), asked.prompt, { stream: true, signal: asked.signal })
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta' && event.data.delta) {
          yield event.data.delta
        }
      }
      await result.completed
      return used(result)
    },
    async tools(asked, call) {
      const weather = tool({ name: TOOL.name, description: TOOL.description, parameters: TOOL.zod, execute: call })
      return (await runner(asked).run(agent(asked, { tools: [weather] }), asked.prompt)).finalOutput
    },
    async structured(asked) {
      return (await runner(asked).run(agent(asked, { outputType: ANSWER }), asked.prompt)).finalOutput
    },
  }
}

export default (system) => {
  const { isError, isBroken, isTimeOut } = sdks(system)['openai (chat)']
  const errors = { isError, isBroken, isTimeOut }
  return {
    '@openai/agents (responses)': client(true, system, errors),
    '@openai/agents (chat)': client(false, system, errors),
  }
}
