/** The variables of traces: what they become, and every fault in one go. */
import { describe, expect, it } from 'vitest';
import { readTracing } from '../../server/environment/tracing.js';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/' };

describe('readTracing', () => {
  it('has nothing traced without an endpoint, whatever else is set for others', () => {
    const others = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_SAMPLER: 'jaeger_remote' };
    expect(readTracing(others)).toEqual({ tracing: null, faults: [] });
    expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }).tracing).toBeNull();
  });

  it('has all calls traced, and nothing that is said told, with an endpoint alone', () => {
    expect(readTracing(ENDPOINT)).toEqual({
      tracing: {
        url: 'https://collector.example/otlp/v1/traces',
        headers: {},
        serviceName: undefined,
        resource: {},
        ratio: 1,
        captureContent: false,
      },
      faults: [],
    });
  });

  it('takes what OpenTelemetry takes', () => {
    const { tracing } = readTracing({
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20YTpi, x-team=calls=1,',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SERVICE_NAME: 'desk',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_CAPTURE_CONTENT: 'TRUE',
    });
    expect(tracing).toMatchObject({
      headers: { authorization: 'Basic YTpi', 'x-team': 'calls=1' },
      serviceName: 'desk',
      resource: { 'deployment.environment.name': 'prod' },
      ratio: 0.25,
      captureContent: true,
    });
  });

  it('tells every fault at once, and no value of a header', () => {
    const { tracing, faults } = readTracing({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_SERVICE_NAME: 'x'.repeat(201),
      OTEL_RESOURCE_ATTRIBUTES: 'a=%',
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
      OTEL_CAPTURE_CONTENT: 'yes',
    });
    expect(tracing).toBeNull();
    const names = faults.map((fault) => fault.split(' ')[0]);
    expect(names).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'OTEL_SERVICE_NAME',
      'OTEL_RESOURCE_ATTRIBUTES',
      'OTEL_TRACES_SAMPLER',
      'OTEL_CAPTURE_CONTENT',
    ]);
    expect(faults.join()).not.toContain('hunter2');
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x-key=a%0d%0ab'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x key=a'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['OTEL_TRACES_SAMPLER_ARG', 'half'],
  ])('refuses %s=%s', (name, value) => {
    const env = { ...ENDPOINT, OTEL_TRACES_SAMPLER: 'traceidratio', [name]: value };
    expect(readTracing(env).faults).toEqual([expect.stringContaining(name)]);
  });
});
