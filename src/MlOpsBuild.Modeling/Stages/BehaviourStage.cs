using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Tests how a model behaves. The verdicts are the result; the caller decides what follows.</summary>
public sealed class BehaviourStage : Stage<BehaviourInput, IReadOnlyList<CheckOutcome>>
{
    /// <inheritdoc />
    public override string Name => "behaviour";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(BehaviourInput input) =>
    [
        new("model", input.Model.Digest.ToString()), new("rows", input.Rows.Digest.ToString()), new("metric", input.Metric.Name),
        new("seed", input.Seed.ToString(CultureInfo.InvariantCulture)), 
        StageInput.Of("tests", input.Tests.Select(test => test.Key).ToList()), StageInput.Of("hidden", input.Hidden),
    ];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<CheckOutcome>> RunAsync(
        BehaviourInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Path, cancellationToken));
        var predictions = CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(input.Predictions.Path, cancellationToken));
        var rows = new BehaviourRows(
            model, [.. File.ReadLines(input.Rows.Path).Select(LabelledRow.Parse)], predictions, input.Metric, input.Seed,
            input.Hidden);
        var outcomes = new List<CheckOutcome>();
        try
        {
            foreach (var test in input.Tests)
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcomes.Add(test.Judge(rows));
            }
        }
        finally
        {
            (model as ForeignModel)?.Close();
        }

        return outcomes;
    }
}
