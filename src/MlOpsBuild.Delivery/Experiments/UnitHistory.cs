using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Experiments;

/// <summary>
/// What a gateway's log says of units: when each was there, and what it did. An event that was sent twice counts once; a line that was
/// torn when a gateway was killed is passed over.
/// </summary>
public sealed class UnitHistory
{
    private readonly Dictionary<string, List<(DateTimeOffset At, double Value)>> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(DateTimeOffset At, double Value)>> _divisors = new(StringComparer.Ordinal);
    private readonly List<UnitEntry> _visits = [];
    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);

    private UnitHistory()
    {
    }

    /// <summary>When units were there, in the order of the log.</summary>
    public IReadOnlyList<UnitEntry> Visits => _visits;

    /// <summary>Outcomes of the metric that the policy names.</summary>
    public int Outcomes { get; private set; }

    /// <summary>Names of metrics that outcomes came of, and that the policy does not name.</summary>
    public IReadOnlyCollection<string> OtherMetrics => _others;

    /// <summary>Reads the files in <paramref name="folder"/>; nothing where there is none.</summary>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="policy">Names the metrics that are wanted.</param>
    /// <param name="from">Lines before this are not looked at.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<UnitHistory> ReadAsync(
        string folder, ExperimentPolicy policy, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var history = new UnitHistory();
        var events = new HashSet<(string Metric, string Event)>();
        foreach (var file in Directory.Exists(folder)
            ? Directory.GetFiles(folder, UnitEntry.Pattern).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>())
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                if (CanonicalJson.TryDeserialize<UnitEntry>(Encoding.UTF8.GetBytes(line)) is { Unit: not null } entry && entry.At >= from
                    && (entry is not { Metric: { } metric, Event: { } sent } || events.Add((metric, sent))))
                {
                    history.Take(entry, policy);
                }
            }
        }

        return history;
    }

    /// <summary>Sum of a unit's outcomes from <paramref name="from"/> on and before <paramref name="until"/>.</summary>
    public double Sum(string unit, DateTimeOffset from, DateTimeOffset until) => Between(_sums, unit, from, until);

    /// <summary>The same of the metric that a ratio is divided by.</summary>
    public double Divisor(string unit, DateTimeOffset from, DateTimeOffset until) => Between(_divisors, unit, from, until);

    private static double Between(
        Dictionary<string, List<(DateTimeOffset At, double Value)>> all, string unit, DateTimeOffset from, DateTimeOffset until) =>
        all.TryGetValue(unit, out var own) ? own.Where(one => one.At >= from && one.At < until).Sum(one => one.Value) : 0;

    private void Take(UnitEntry entry, ExperimentPolicy policy)
    {
        if (entry.Metric == null)
        {
            _visits.Add(entry);
        }
        else if (entry.Metric == policy.Metric || entry.Metric == policy.Per)
        {
            Outcomes += entry.Metric == policy.Metric ? 1 : 0;
            var all = entry.Metric == policy.Metric ? _sums : _divisors;
            if (!all.TryGetValue(entry.Unit, out var own))
            {
                all[entry.Unit] = own = [];
            }

            own.Add((entry.At, entry.Value ?? 1));
        }
        else
        {
            _others.Add(entry.Metric);
        }
    }
}
