using MlOpsBuild.Components.Session;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Reporting.Alerts;

namespace MlOpsBuild.Components.Flow;

/// <summary>How what serves is doing → whoever is to know is told.</summary>
internal sealed class AlertFlow : IDisposable
{
    private readonly RunSession _session;
    private readonly IReadOnlyList<IAlertChannel> _channels;
    private readonly QuietHours? _quiet;

    /// <summary>Opens what <paramref name="settings"/> name: a wrong address is found while somebody is there to mend it.</summary>
    /// <exception cref="Core.UsageException">What they name cannot be.</exception>
    public AlertFlow(RunSession session, AlertSettings settings) =>
        (_session, _channels, _quiet) = (session, settings.Open(session.CodeHost, session.Time), settings.QuietHours);

    /// <summary>Tells every channel what is new to it.</summary>
    public async Task TellAsync(IReadOnlyList<MonitorResult> results, CancellationToken cancellationToken)
    {
        var dispatcher = new AlertDispatcher(_channels, _session.Store.Audit, _session.Actor, _quiet);
        foreach (var result in results)
        {
            var alert = Alert.Of(result, _session.Command, _session.CodeHost?.RunAddress);
            foreach (var (text, failed) in await dispatcher.TellAsync(result, alert, _session.Time.GetUtcNow(), cancellationToken))
            {
                Action<string> tell = failed ? _session.Output.Warn : _session.Output.Line;
                tell(text);
            }
        }
    }

    public void Dispose() => _channels.OfType<IDisposable>().ToList().ForEach(channel => channel.Dispose());
}
