using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Monitoring;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>What is told when what serves gets worse, and when that is over.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where it serves.</param>
/// <param name="Version">The version.</param>
/// <param name="State">Where it stands.</param>
/// <param name="At">When it was looked at, UTC.</param>
public sealed record Alert(string Pipeline, string Environment, int Version, AlertState State, DateTime At)
{
    private const int IdLength = 16;

    /// <summary>What is wrong, the first thing first; of an alert that is over, what is known now.</summary>
    public IReadOnlyList<AlertPoint> Points { get; init; } = [];

    /// <summary>What can be done.</summary>
    public IReadOnlyList<AlertCommand> Commands { get; init; } = [];

    /// <summary>The run that looked; null outside build servers.</summary>
    public Uri? Run { get; init; }

    /// <summary>The day it began; null where nothing says.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The same for all that is told of one version in one place, so that receivers can put it together.</summary>
    public string Id => Digest.Of(Encoding.UTF8.GetBytes(Invariant($"{Pipeline}/{Environment}/v{Version}"))).Hex[..IdLength];

    /// <summary>In one line.</summary>
    public string Title => State == AlertState.Open
        ? Invariant($"{Pipeline} v{Version} on {Environment} got worse: {string.Join(", ", Points.Select(point => point.Name))}")
        : Invariant($"{Pipeline} v{Version} on {Environment}: over");

    /// <summary>What <paramref name="result"/> says.</summary>
    /// <param name="result">How what serves is doing.</param>
    /// <param name="command">What people type to start the build.</param>
    /// <param name="run">The run that looked; null outside build servers.</param>
    public static Alert Of(MonitorResult result, string command, Uri? run)
    {
        var failed = result.Verdict == Verdict.Failed;
        var place = Invariant($"--pipeline {result.Pipeline} --environment {result.Environment}");
        return new(result.Pipeline, result.Environment, result.Version, failed ? AlertState.Open : AlertState.Over, result.Until)
        {
            Points =
            [
                .. (failed ? result.Failures : result.Aspects.Where(aspect => aspect.Judged))
                    .Select(aspect => new AlertPoint(aspect.Name, aspect.Evidence, aspect.Since)),
            ],
            Commands = failed
                ?
                [
                    new("the version before serves again", $"{command} Rollback {place} --reason \"…\""),
                    new("a new version, trained on newer rows, by canary", $"{command} Train Deploy {place}"),
                    new("look again", $"{command} Monitor {place}"),
                ]
                : [],
            Run = run,
            Since = result.Since,
        };
    }
}
