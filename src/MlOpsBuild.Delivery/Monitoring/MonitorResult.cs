using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>How a version that serves is doing.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Environment">Where it serves.</param>
/// <param name="Version">The version.</param>
/// <param name="From">First moment that was looked at, UTC.</param>
/// <param name="Until">Last moment, UTC.</param>
/// <param name="Rows">Rows that it answered in that time.</param>
/// <param name="Labelled">Those of them whose label is known.</param>
/// <param name="Aspects">What was looked at.</param>
public sealed record MonitorResult(
    string Pipeline, string Environment, int Version, DateTime From, DateTime Until, int Rows, int Labelled,
    IReadOnlyList<MonitorAspect> Aspects)
{
    /// <summary>Failed where anything judged failed; Passed where something was found well and nothing else; else Inconclusive.</summary>
    public Verdict Verdict
    {
        get
        {
            var judged = Aspects.Where(aspect => aspect.Judged).Select(aspect => aspect.Verdict).ToList();
            return judged.Contains(Verdict.Failed) ? Verdict.Failed
                : judged.Count > 0 && judged.TrueForAll(verdict => verdict == Verdict.Passed) ? Verdict.Passed
                : Verdict.Inconclusive;
        }
    }

    /// <summary>Columns of rows whose loss rose most, the worst first.</summary>
    public IReadOnlyList<SliceLoss> Slices { get; init; } = [];

    /// <summary>Columns beside those of training, the farthest first.</summary>
    public IReadOnlyList<MonitoredColumn> Columns { get; init; } = [];

    /// <summary>The earliest day on which something that failed began; null where nothing says.</summary>
    [JsonIgnore]
    public DateOnly? Since => Failures.Min(aspect => aspect.Since);

    /// <summary>What failed and counts.</summary>
    [JsonIgnore]
    public IEnumerable<MonitorAspect> Failures => Aspects.Where(aspect => aspect is { Judged: true, Verdict: Verdict.Failed });
}
