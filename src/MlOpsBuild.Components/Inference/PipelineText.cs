using System.Globalization;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Modeling.Stages;
using static System.FormattableString;

namespace MlOpsBuild.Components.Inference;

/// <summary>Writes a pipeline that trains on what was inferred: a beginning that a person goes on with.</summary>
internal static class PipelineText
{
    private const int MostHeldOutDays = 60;

    // Fewer give no interval, and no gate could be judged: of a file that has not more days, training says that they are too few.
    private const int FewestHeldOutDays = 10;

    public static string Of(string name, string pattern, InferredContract inferred)
    {
        var record = name + "Row";
        var label = inferred.Columns.Single(column => column.Role == ColumnRole.Label);
        string[] steps =
        [
            $".Data(DataSource.Files({RecordText.Quoted(pattern)}{FormatOf(inferred.Format)}))",
            .. ExpectationsOf(inferred),
            inferred.Days > 1
                ? Invariant($".HoldOut(last: TimeSpan.FromDays({HeldOutDays(inferred)}))")
                : ".HoldOut(share: 0.2)",
            $".Predict(x => x.{label.Property}, LearningTask.{TaskOf(label)})",
            $".Features(f => f{string.Concat(inferred.Columns.Select(FeatureOf))})",
            ".Train(Trainers.FastTree())",
            TaskOf(label) == "Regression"
                ? ".Gate(Metrics.Rmse, g => g.Beats(Baseline.TrainingMean).NotWorseThanChampion(margin: 0.02));"
                : ".Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares).NotWorseThanChampion(margin: 0.02));",
        ];
        return $$"""
            using MlOpsBuild.Data.Contracts;
            using MlOpsBuild.Data.Expectations;
            using MlOpsBuild.Data.Formats;
            using MlOpsBuild.Data.Sources;
            using MlOpsBuild.Modeling.Evaluation;
            using MlOpsBuild.Modeling.Pipelines;
            using MlOpsBuild.Modeling.Training;
            using MlOpsBuild.Scoring;

            /// <summary>A row of the data, as InferContract saw {{inferred.Rows.ToString("N0", CultureInfo.InvariantCulture)}} of them: correct what it could not know.</summary>
            {{RecordText.Of(record, inferred.Columns)}}
            /// <summary>Predicts {{label.Property}}.</summary>
            public sealed class {{name}} : ModelPipeline<{{record}}>
            {
                protected override void Define(PipelineDefinition<{{record}}> pipeline) => pipeline
                    {{string.Join("\n        ", steps)}}
            }

            """.ReplaceLineEndings("\n");
    }

    // At least as many rows as training asks for, where the file has twice as many.
    private static double HeldOutDays(InferredContract inferred)
    {
        var usual = Math.Clamp(inferred.Days / 10, FewestHeldOutDays, MostHeldOutDays);
        var needed = Math.Ceiling(TrainStage.MinimumRows * inferred.Days / (double)inferred.Rows);
        return needed <= inferred.Days / 2.0 ? Math.Max(usual, needed) : usual;
    }

    private static string TaskOf(ColumnContract label) => label.Rule.Kind switch
    {
        FieldKind.Flag => "Binary",
        FieldKind.Category => label.Rule.Categories!.Count == 2 ? "Binary" : "Multiclass",
        _ => "Regression",
    };

    private static string FeatureOf(ColumnContract column) => (column.Role, column.PersonalData, column.Rule.Kind) switch
    {
        (not ColumnRole.Feature, _, _) or (_, true, _) => "",
        (_, _, FieldKind.Category) => $".OneHot(x => x.{column.Property})",
        (_, _, FieldKind.Date or FieldKind.Time) => column.Timestamp == TimestampPart.Day ? $".Calendar(x => x.{column.Property})" : "",
        (_, _, FieldKind.Text) => "",
        _ => $".Number(x => x.{column.Property})",
    };

    private static IEnumerable<string> ExpectationsOf(InferredContract inferred)
    {
        string[] parts =
        [
            .. inferred.Step is { } step
                ? [Invariant($".Every(TimeSpan.FromMinutes({step.TotalMinutes:R}), severity: Severity.Warning)")]
                : (string[])[],
            .. inferred.Stuck.Select(stuck => Invariant($".StuckAtMost(x => x.{stuck.Property}, {stuck.Rows}, Severity.Warning)")),
            .. inferred.Apart.Select(apart => Invariant(
                $".Rule(\"{apart.Property} was measured\", x => x.{apart.Property} > {apart.Value:R}, Severity.Warning)")),
            .. inferred.Pairs.Select(PairRule),
            .. inferred.Sums.Select(
                sum => $".Rule(\"{sum.First} and {sum.Second} make {sum.Sum}\", x => x.{sum.First} + x.{sum.Second} == x.{sum.Sum})"),
        ];
        return parts.Length == 0 ? [] : [$".Expect(e => e{string.Concat(parts.Select(part => "\n            " + part))})"];
    }

    private static string PairRule(ColumnPair pair)
    {
        var line = Invariant(
            $"x.{pair.Second} - ({pair.Slope:R} * x.{pair.First}) - {(pair.Intercept < 0 ? Invariant($"({pair.Intercept:R})") : Invariant($"{pair.Intercept:R}"))}");
        return Invariant(
            $".Rule(\"{pair.First} and {pair.Second} go together\", x => {line} <= {pair.Bound:R} && {line} >= -{pair.Bound:R}, Severity.Warning)");
    }

    private static string FormatOf(TableFormat format)
    {
        string[] parts =
        [
            .. format.Names is { } names ? [$"Names = [{string.Join(", ", names.Select(RecordText.Quoted))}]"] : (string[])[],
            .. format.HasHeader ? [] : (string[])["HasHeader = false"],
            .. format.Missing.Count > 0 ? [$"Missing = [{string.Join(", ", format.Missing.Select(RecordText.Quoted))}]"] : (string[])[],
            .. format.DecimalComma ? (string[])["DecimalComma = true"] : [],
        ];
        return parts.Length == 0 ? "" : $", new TableFormat {{ {string.Join(", ", parts)} }}";
    }
}
