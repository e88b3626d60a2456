using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>
/// Scores the hold-out with a model: outputs <c>predictions.json</c> (for comparison) and <c>rows.jsonl</c> (the same rows as
/// requests, with label and prediction, for contract tests and rehearsal traffic).
/// </summary>
public sealed class EvaluateStage : Stage<EvaluateInput, IReadOnlyList<MetricValue>>
{
    /// <summary>Name of the output with the predictions.</summary>
    public const string PredictionsFile = "predictions.json";

    /// <summary>Name of the output with the rows as requests.</summary>
    public const string RowsFile = "rows.jsonl";

    /// <inheritdoc />
    public override string Name => "evaluate";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(EvaluateInput input) => [new("model", input.Model.Digest.ToString()), .. input.Rows.Key];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<MetricValue>> RunAsync(
        EvaluateInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Path, cancellationToken));
        var (table, split) = await input.Rows.ReadAsync(cancellationToken);
        var heldOut = table.Select(split.HeldOut);
        Check(model, heldOut.Contract, input.Rows.Target.Classes);
        if (model is CommandModel program && !input.RunsPrograms)
        {
            throw new StageFailedException(new Finding(
                "MLB2022", "A model that runs a program is not run here", "model", string.Join(' ', program.Command),
                "one that this pipeline trains by Trainers.Command, or that somebody signed whom this checkout trusts",
                "train it here, or sign its version"));
        }

        var request = RequestFields(model, heldOut);
        var rows = new StringBuilder();
        var predictions = new Prediction[heldOut.Rows];
        var labels = input.Rows.Target.KnownOf(heldOut);
        try
        {
            foreach (var (index, row) in FieldRows.Of(table, request, split.HeldOut).Index())
            {
                predictions[index] = model.Predict(new InputRow(row.AsSpan(0, model.Fields.Count), table.Texts));
                rows.Append(
                    new LabelledRow(RowWriter.Write(request, new InputRow(row, table.Texts)), labels[index], predictions[index]).ToLine());
            }
        }
        finally
        {
            (model as ForeignModel)?.Close();
        }

        var set = input.Rows.Predictions(input.Model.Digest.ToString(), heldOut, split, predictions);
        await File.WriteAllBytesAsync(Path.Combine(outputDirectory, PredictionsFile), CanonicalJson.Serialize(set), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(outputDirectory, RowsFile), rows.ToString(), cancellationToken);
        return MetricTable.Of(set);
    }

    // A request carries the contract and not the model: whatever version answers it finds what it needs. Personal data only where needed.
    internal static IReadOnlyList<FieldRule> RequestFields(TrainedModel model, DataTable heldOut) =>
        RequestContract.Of(model.Fields, [.. heldOut.Contract.Columns
            .Where(column => column is { Role: ColumnRole.Feature, PersonalData: false }).Select(column => column.Rule)]).Columns;

    private static bool IsThere(PastValues past, DataContract contract) =>
        contract.Columns.Any(column => column.Timestamp == TimestampPart.Day)
            && new[] { past.Column, past.Group }
                .OfType<string>()
                .All(name => contract.Columns.Any(column => column.Name == name && column.Rule.Kind != FieldKind.Text));

    private static string KindOf(ClassSet? classes) => classes == null ? "numbers" : "classes " + string.Join(", ", classes.Names);

    // Same name, kind and categories in the same order: a category is known by its position.
    internal static void Check(TrainedModel model, DataContract contract, ClassSet? classes)
    {
        var findings = new List<Finding>();
        if (!(model.Classes?.Names ?? []).SequenceEqual(classes?.Names ?? []))
        {
            findings.Add(new(
                "MLB2023", "The model predicts something else", "model", KindOf(model.Classes), KindOf(classes),
                "take a model of this task"));
        }

        foreach (var field in model.Fields)
        {
            if (field.Past is { } past)
            {
                if (!IsThere(past, contract))
                {
                    findings.Add(new(
                        "MLB2024", "The data lacks the earlier rows of a field", "hold-out", field.Name,
                        $"rows with times, and the column {past.Column}{(past.Group == null ? "" : $" by {past.Group}")}",
                        "train a model on the contract in force"));
                }

                continue;
            }

            var rule = contract.Columns.FirstOrDefault(column => column.Name == field.Name)?.Rule;
            if (rule == null)
            {
                findings.Add(new(
                    "MLB2025", "The data lacks a field of the model", "hold-out", field.Name,
                    "all of " + string.Join(", ", model.Fields.Select(known => known.Name))));
            }
            else if (rule.Kind != field.Kind || !(rule.Categories ?? []).SequenceEqual(field.Categories ?? []))
            {
                findings.Add(new(
                    "MLB2026", "A field means something else than in training", $"hold-out, column {field.Name}", rule.Describe(),
                    field.Describe(), "train a model on the contract in force"));
            }
        }

        if (findings.Count > 0)
        {
            throw new StageFailedException("The model cannot score these rows", findings, Verdict.Error);
        }
    }
}
