using System.Collections.Concurrent;
using System.Diagnostics;
using MlOpsBuild.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MlOpsBuild.Components.Telemetry;

/// <summary>
/// The build as a trace: a span for the build, one a target below it, one a stage below that, sent by OTLP when the build ends. It changes
/// nothing of the build: a collector that does not answer is told of and waited for no longer.
/// </summary>
internal sealed class BuildTrace : IDisposable
{
    private const int Patience = 5_000;
    private static readonly ActivitySource Source = new("MlOpsBuild");
    private readonly TracerProvider _provider;
    private readonly CollectorAnswers _answers;
    private readonly Activity? _build;
    private readonly ConcurrentDictionary<string, Activity> _targets = new(StringComparer.Ordinal);
    private bool _failed;

    private BuildTrace(TracerProvider provider, CollectorAnswers answers, Activity? build) =>
        (_provider, _answers, _build) = (provider, answers, build);

    /// <summary>Begins one where <paramref name="variables"/> say where it goes to; null where they do not.</summary>
    /// <param name="variables">The build's environment variables; <c>TRACEPARENT</c> names the span it is part of.</param>
    /// <param name="targets">The targets that were asked for.</param>
    /// <param name="tell">Told what is wrong with the variables.</param>
    public static BuildTrace? Begin(IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> targets, Action<string> tell)
    {
        try
        {
            return OtlpSettings.TryOf("traces", name => variables.GetValueOrDefault(name), tell) is { } settings
                ? Begin(settings, variables, targets)
                : null;
        }
        catch (Exception problem) when (OtlpSettings.IsRefusal(problem))
        {
            tell($"no traces are sent: {problem.GetType().Name}");
            return null;
        }
    }

    /// <summary>A span of the running target, from now until it is disposed; null where nobody wants to know.</summary>
    public static Activity? Stage(string pipeline, string stage)
    {
        var span = Source.StartActivity(stage);
        span?.SetTag("mlops.pipeline", pipeline).SetTag("mlops.stage", stage);
        return span;
    }

    /// <summary>A target begins.</summary>
    public void Running(string target)
    {
        if (Source.StartActivity(target, ActivityKind.Internal, _build?.Context ?? default) is { } span)
        {
            _targets[target] = span.SetTag("cicd.pipeline.task.name", target);
        }
    }

    /// <summary>A target has ended.</summary>
    public void Ended(string target, bool succeeded)
    {
        _failed |= !succeeded;
        if (_targets.TryRemove(target, out var span))
        {
            span.SetTag("cicd.pipeline.task.run.result", succeeded ? "success" : "failure");
            span.SetStatus(succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            span.Dispose();
        }
    }

    /// <summary>Ends and sends it.</summary>
    /// <param name="tell">Told that it could not be sent.</param>
    public void End(Action<string> tell)
    {
        foreach (var target in _targets.Keys)
        {
            Ended(target, succeeded: false);
        }

        _build?.SetTag("cicd.pipeline.result", _failed ? "failure" : "success");
        _build?.SetStatus(_failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        _build?.Dispose();
        if (!_provider.ForceFlush(Patience) || _answers.Refusal != null)
        {
            tell($"the trace of this build was not taken by its collector: {_answers.Refusal ?? "it does not answer"}");

            // It has been waited for; what ends it now would wait once more.
            _provider.Shutdown(0);
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _answers.Dispose();
    }

    private static BuildTrace Begin(OtlpSettings settings, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> targets)
    {
        var answers = new CollectorAnswers();
        var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(Source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService(
                    settings.ServiceName ?? "mlopsbuild", serviceVersion: typeof(BuildTrace).Assembly.GetName().Version?.ToString(3))
                .AddAttributes(OtlpSettings.Pairs(settings.Attributes).Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value))))
            .AddOtlpExporter(options =>
            {
                (options.Endpoint, options.Headers, options.TimeoutMilliseconds) = (settings.Endpoint, settings.Headers, Patience);
                options.HttpClientFactory = () => new(answers, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(Patience) };
                options.Protocol = settings.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            })
            .Build();
        ActivityContext.TryParse(
            variables.GetValueOrDefault("TRACEPARENT"), variables.GetValueOrDefault("TRACESTATE"), true, out var parent);
        var build = Source.StartActivity($"build {string.Join(' ', targets)}", ActivityKind.Internal, parent);
        build?.SetTag("cicd.pipeline.name", "build").SetTag("mlops.targets", string.Join(' ', targets));
        if ((variables.GetValueOrDefault("GITHUB_RUN_ID") ?? variables.GetValueOrDefault("CI_PIPELINE_ID")) is { } run)
        {
            build?.SetTag("cicd.pipeline.run.id", run);
        }

        return new(provider, answers, build);
    }
}
