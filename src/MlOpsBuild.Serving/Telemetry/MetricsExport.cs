using System.Globalization;
using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MlOpsBuild.Serving.Telemetry;

/// <summary>Sends what <c>/metrics</c> has by OTLP, at intervals and once more when the server ends. No answer waits for it.</summary>
internal sealed class MetricsExport : IDisposable
{
    private const int Patience = 5_000;
    private readonly MeterProvider _provider;
    private readonly CollectorAnswers _answers;

    private MetricsExport(MeterProvider provider, CollectorAnswers answers) => (_provider, _answers) = (provider, answers);

    /// <summary>Begins where <paramref name="settings"/> say where to; null where they do not.</summary>
    /// <param name="settings">Where metrics go.</param>
    /// <param name="role">Gateway or model server.</param>
    /// <param name="log">Told when the collector does not take them.</param>
    public static MetricsExport? Start(OtlpSettings? settings, string role, ServerLog log)
    {
        try
        {
            return settings == null ? null : Open(settings, role, log);
        }
        catch (Exception problem) when (OtlpSettings.IsRefusal(problem))
        {
            log.Write($"no metrics are sent: {problem.GetType().Name}");
            return null;
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _answers.Dispose();
    }

    private static MetricsExport Open(OtlpSettings settings, string role, ServerLog log)
    {
        var answers = new CollectorAnswers(reason => log.Write($"metrics were not taken by their collector: {reason}"));
        var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(RequestMetrics.MeterName)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService(
                    settings.ServiceName ?? $"mlops-{role}",
                    serviceInstanceId: Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                .AddAttributes(OtlpSettings.Pairs(settings.Attributes).Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value))))
            .AddOtlpExporter((options, reader) =>
            {
                (options.Endpoint, options.Headers, options.TimeoutMilliseconds) = (settings.Endpoint, settings.Headers, Patience);
                options.Protocol = settings.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                options.HttpClientFactory = () => new(answers, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(Patience) };
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.IntervalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = Patience;
            })
            .Build();
        log.Write($"metrics go to {settings.Shown} every {settings.IntervalMilliseconds} ms");
        return new(provider, answers);
    }
}
