using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>The hold-out rows as requests, what the model said of them, and the model to ask again.</summary>
internal sealed class BehaviourRows
{
    private const int SampleSize = 1000;
    private readonly TrainedModel _model;
    private readonly RowReader _reader;

    /// <summary>Rows that a model was evaluated on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, with what it said.</param>
    /// <param name="predictions">The same predictions, with the blocks that are resampled together.</param>
    /// <param name="metric">What tests of quality judge by.</param>
    /// <param name="seed">Seed of resampling.</param>
    /// <param name="hidden">Columns of personal data: their values are shown nowhere.</param>
    public BehaviourRows(
        TrainedModel model, IReadOnlyList<LabelledRow> rows, PredictionSet predictions, Metric metric, long seed,
        IReadOnlyCollection<string> hidden)
    {
        (_model, All, Predictions, Metric, Seed, Hidden) = (model, rows, predictions, metric, seed, hidden);
        _reader = new(model.Fields, []);
    }

    /// <summary>Every row.</summary>
    public IReadOnlyList<LabelledRow> All { get; }

    /// <summary>What was predicted of them.</summary>
    public PredictionSet Predictions { get; }

    /// <summary>What tests of quality judge by.</summary>
    public Metric Metric { get; }

    /// <summary>Seed of resampling.</summary>
    public long Seed { get; }

    /// <summary>Columns of personal data: their values are shown nowhere.</summary>
    public IReadOnlyCollection<string> Hidden { get; }

    /// <summary>At most a thousand of them, evenly spread.</summary>
    public IEnumerable<LabelledRow> Sample => All.Count <= SampleSize
        ? All
        : Enumerable.Range(0, SampleSize).Select(index => All[(int)((long)index * All.Count / SampleSize)]);

    /// <summary>A value of a request as a number; null where it is none.</summary>
    public static double? NumberOf(JsonNode? value) =>
        double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether the model reads <paramref name="column"/> at all.</summary>
    public bool Reads(string column) => _model.Fields.Any(field => field.Name == column);

    /// <summary>
    /// What the model says of a row with another value in <paramref name="column"/>; null where the contract refuses that row.
    /// </summary>
    public Prediction? With(LabelledRow row, string column, JsonNode? value)
    {
        // Only what the model reads: what it does not know changes nothing.
        var changed = new JsonObject(_model.Fields.Where(field => field.Name != column && row.Features.ContainsKey(field.Name))
            .Select(field => KeyValuePair.Create(field.Name, row.Features[field.Name]?.DeepClone())));
        if (value != null && Reads(column))
        {
            changed[column] = value.DeepClone();
        }

        var findings = new List<Finding>();
        return _reader.Read(JsonSerializer.SerializeToElement(changed), "row", findings) is { } read ? _model.Predict(read.Input) : null;
    }
}
