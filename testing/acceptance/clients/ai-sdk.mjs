// Vercel's AI SDK over each of its providers, with the same calls whatever the protocol is.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createDeepSeek } from '@ai-sdk/deepseek'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, generateObject, generateText, RetryError, stepCountIs, streamText, tool } from 'ai'
import { ANSWER, TOOL, limitOf } from './asked.mjs'

// What it warns of goes to where the results do.
globalThis.AI_SDK_LOG_WARNINGS = false

const client = (provider, model) => {
  const settings = (asked) => ({
    model: provider(asked.key)(asked.model ?? model),
    prompt: asked.prompt,
    maxRetries: asked.retries ?? 0,
    maxOutputTokens: limitOf(asked),
    abortSignal: asked.timeoutMillis ? AbortSignal.timeout(asked.timeoutMillis) : asked.signal,
  })
  return {
    isError: (error, status) => APICallError.isInstance(error) && error.statusCode === status,
    isBroken: (error) => !RetryError.isInstance(error),
    isTimeOut: (error) => error.name === 'TimeoutError' || error.cause?.name === 'TimeoutError',
    async whole(asked) {
      const answer = await generateText(settings(asked))
      return { text: answer.text, used: answer.usage.outputTokens }
    },
    /** An error in a stream is told there where the AI SDK tells all errors of streams. */
    async *streamed(asked) {
      let used
      for await (const part of streamText({ ...settings(asked), onError() {} }).fullStream) {
        if (part.type === 'error') {
          throw part.error
        }
        if (part.type === 'text-delta' && part.text) {
          yield part.text
        }
        used = part.totalUsage?.outputTokens ?? used
      }
      return used
    },
    async tools(asked, call) {
      const tools = { [TOOL.name]: tool({ description: TOOL.description, inputSchema: TOOL.zod, execute: call }) }
      return (await generateText({ ...settings(asked), tools, stopWhen: stepCountIs(3) })).text
    },
    async structured(asked) {
      return (await generateObject({ ...settings(asked), schema: ANSWER })).object
    },
  }
}

export default ({ origin, model }) => {
  const baseURL = `${origin}/v1`
  return {
    '@ai-sdk/openai (responses)': client((apiKey) => createOpenAI({ baseURL, apiKey }), model),
    '@ai-sdk/openai-compatible (chat)': client(
      (apiKey) => createOpenAICompatible({ name: 'gogogoapi', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true }), model),
    '@ai-sdk/deepseek (chat)': client((apiKey) => createDeepSeek({ baseURL, apiKey }), model),
    '@ai-sdk/anthropic (messages)': client((apiKey) => createAnthropic({ baseURL, apiKey }), model),
  }
}
