using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// Reads a gateway's log, joins labels to predictions by their ids however late they came, and parts it by version. The first label of a
/// prediction counts; a line that was torn when a gateway was killed is passed over.
/// </summary>
public sealed class ServedRowsReader
{
    private const int Refusal = 400;
    private const int Failure = 500;
    private readonly RowReader _rows;
    private readonly IReadOnlyList<FieldRule> _fields;

    /// <summary>A reader of rows that keep <paramref name="contract"/>.</summary>
    public ServedRowsReader(DataContract contract)
    {
        var shown = contract.Columns.Where(column => column is { Role: ColumnRole.Feature, PersonalData: false })
            .Select(column => column.Rule).ToList();
        _fields = [.. shown.Where(rule => rule.Kind != FieldKind.Text).Select(rule => rule with { Optional = true, Past = null })];

        // What is known and not read: texts, hashes, and whatever an older contract let through.
        _rows = new(_fields, [.. contract.KnownWhenPredicting.Where(rule => _fields.All(field => field.Name != rule.Name))]);
    }

    /// <summary>Predictions and labels in the files of <paramref name="folder"/>; empty where there is none.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="from">Lines before this are not looked at, UTC.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What each version answered, the last to answer at the end; and labels that belong to no prediction.</returns>
    public async Task<(IReadOnlyList<ServedRows> Versions, int Strayed)> ReadAsync(
        string folder, DateTime from, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<int, Rows>();
        var places = new Dictionary<string, (Rows Rows, int Row)>(StringComparer.Ordinal);
        var early = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder)
            ? Directory.GetFiles(folder, PredictionLogPlace.Pattern).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>())
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                if (CanonicalJson.TryDeserialize<LogEntry>(Encoding.UTF8.GetBytes(line)) is { Id: not null } entry
                    && entry.At.UtcDateTime >= from)
                {
                    Take(entry);
                }
            }
        }

        foreach (var (id, label) in early)
        {
            if (places.TryGetValue(id, out var place))
            {
                place.Rows.Labels[place.Row] = label;
            }
        }

        return (
            [.. versions.Values.OrderBy(rows => rows.Last).Select(rows => rows.Close(_fields))],
            early.Keys.Count(id => !places.ContainsKey(id)));

        void Take(LogEntry entry)
        {
            if (entry.Label is { } label)
            {
                early.TryAdd(entry.Id, label);
                return;
            }

            if (entry.Version is not { } version)
            {
                return;
            }

            if (!versions.TryGetValue(version, out var rows))
            {
                versions[version] = rows = new(version);
            }

            rows.Last = entry.At.UtcDateTime;
            if (entry.Prediction is { } prediction)
            {
                places.TryAdd(entry.Id, (rows, rows.Predictions.Count));
                rows.Times.Add(entry.At.UtcDateTime);
                rows.Predictions.Add(prediction);
                rows.Labels.Add(double.NaN);
                rows.Values.Add(ValuesOf(entry));
            }
            else
            {
                (entry.Status is >= Refusal and < Failure ? rows.Refused : rows.Failed).Add(entry.At.UtcDateTime);
            }
        }
    }

    // A row that a later contract would not take is told by the columns that it lacks.
    private double[] ValuesOf(LogEntry entry)
    {
        using var features = JsonDocument.Parse(entry.Features?.ToJsonString() ?? "{}");
        return _rows.Read(features.RootElement, entry.Id, [])?.Values ?? [.. _fields.Select(_ => double.NaN)];
    }

    private sealed class Rows(int version)
    {
        public List<DateTime> Times { get; } = [];

        public List<Scoring.Prediction> Predictions { get; } = [];

        public List<double> Labels { get; } = [];

        public List<double[]> Values { get; } = [];

        public DateTime Last { get; set; }

        public List<DateTime> Refused { get; } = [];

        public List<DateTime> Failed { get; } = [];

        public ServedRows Close(IReadOnlyList<FieldRule> fields) => new(
            version, Times, Predictions, Labels,
            fields.Index().ToDictionary(field => field.Item.Name, field => Values.Select(row => row[field.Index]).ToArray()))
        {
            Refused = Refused, Failed = Failed,
        };
    }
}
