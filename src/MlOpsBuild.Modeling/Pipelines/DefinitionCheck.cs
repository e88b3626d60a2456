using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Finds what does not go together in a definition: what can never pass is told now and not after a deployment.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="contract">What its data promises.</param>
/// <param name="scoresAnswers">Whether texts are answered, with which a label of texts is compared.</param>
internal sealed class DefinitionCheck(string pipeline, DataContract contract, bool scoresAnswers)
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Of(
        LearningTask task, TargetTransform scale, double threshold, HoldOut? holdOut, TrainerSpec? trainer, TrainingWindow window,
        IReadOnlyList<GateSpec> gates)
    {
        var classes = LabelClasses.Of(contract.Label);
        CheckTask(task, scale, threshold, classes);
        Check(holdOut);
        if (task != LearningTask.Regression && trainer is { FitsClasses: false })
        {
            Add(
                "The trainer predicts numbers only", trainer.Kind, "a trainer of classes, for example Trainers.FastTree()",
                "take another trainer");
        }

        AddIf(
            task == LearningTask.Regression && trainer is CalibratedTrainer, "Numbers have no probabilities", trainer?.Kind,
            "LearningTask.Binary or Multiclass", "remove .Calibrated(…)");
        AddIf(
            window != TrainingWindow.All && holdOut is not LastDays, "Only rows in order of time have a training window", window.Describe(),
            ".HoldOut(last: …) of rows with times", "remove the window, or hold out the last days");
        AddIf(
            window is { Days: < 1 } or { HalfLife: < 1 }, "Not a training window", window.Describe(), "at least one day",
            "correct the window");
        AddIf(
            window.HalfLife != null && trainer is { TakesWeights: false }, "The trainer takes no weights", trainer?.Kind,
            "a trainer that does, for example Trainers.FastTree()", "take TrainingWindow.All or Last(…)");
        CheckGates(gates, task == LearningTask.Regression ? null : new ClassSet(classes.Count > 1 ? classes : ["", ""], threshold));
        return _findings;
    }

    private void CheckTask(LearningTask task, TargetTransform scale, double threshold, IReadOnlyList<string> classes)
    {
        var label = contract.Label;
        AddIf(
            label.Rule.Kind == Core.Fields.FieldKind.Text && !scoresAnswers, "A label of texts must list its classes", label.Name,
            "[Categories(\"no\", \"yes\")], or an enum", "add [Categories] to the property, or score answers: .Answer(…)");
        if (task == LearningTask.Regression)
        {
            AddIf(
                label.Rule.Kind == Core.Fields.FieldKind.Category && !scoresAnswers, "A label of texts is no number", label.Name,
                "LearningTask.Binary or LearningTask.Multiclass", "correct the task in .Predict(…)");
            return;
        }

        AddIf(
            classes.Count == 0, "The label is no class", label.Name, "a bool, an enum, or a text or whole number with [Categories]",
            "change the property, or take LearningTask.Regression");
        AddIf(scale != TargetTransform.Identity, "Classes have no scale", scale.ToString(), "no .Target(…)", "remove it");
        AddIf(
            threshold is not (> 0 and < 1), "Not a threshold", threshold.ToString(CultureInfo.InvariantCulture),
            "a probability above 0 and below 1", "correct threshold in .Predict(…)");
        AddIf(
            task == LearningTask.Binary && classes.Count > 2, "The label has more than two classes", string.Join(", ", classes), "two",
            "take LearningTask.Multiclass");
        AddIf(
            task == LearningTask.Multiclass && classes.Count is 1 or 2, "The label has two classes", string.Join(", ", classes),
            "three or more", "take LearningTask.Binary");
        AddIf(
            task == LearningTask.Binary && classes.Count == 2 && label is { Positive: null, Rule.Kind: not Core.Fields.FieldKind.Flag },
            "Which class is the positive one is not said", string.Join(", ", classes),
            $"[Label(positive: \"{string.Join("", classes.TakeLast(1))}\")]", "name it: its probability is predicted");
    }

    private void Check(HoldOut? holdOut)
    {
        var timed = contract.Columns.Any(column => column.Timestamp == TimestampPart.Day);
        switch (holdOut)
        {
            case LastDays when !timed:
                Add(
                    "Rows without times have no last days", contract.Name, "a property marked [Timestamp]",
                    "mark one, or hold out a share: .HoldOut(share: 0.2)");
                break;
            case LastDays { Days: > 0 and < PairedBlockBootstrap.MinimumBlocks } few:
                Add(
                    "The hold-out is too short for any gate", $"{few.Days} days",
                    $"at least {PairedBlockBootstrap.MinimumBlocks} days, from which an interval can be given", "hold out more days");
                break;
            case RandomShare { Share: var share }:
                CheckShare(share);
                AddIf(
                    timed, "Rows with times are not held out at random: neighbours of a held-out row would be trained on", contract.Name,
                    ".HoldOut(last: …)", "hold out the last days, or remove [Timestamp]");
                break;
            case GroupShare { Share: var share }:
                CheckShare(share);
                break;
            case OwnFiles { Source.IsSimulated: true } own:
                Add("Held-out files are no files", own.Source.Name, "DataSource.Files(…)", "name files");
                break;
        }
    }

    private void CheckShare(double share) => AddIf(
        share is not (> 0 and < 1), "Not a share", share.ToString(CultureInfo.InvariantCulture), "a number above 0 and below 1",
        "correct share in .HoldOut(…)");

    private void CheckGates(IReadOnlyList<GateSpec> gates, ClassSet? classes)
    {
        AddIf(
            gates.Count > 0 && gates.All(gate => gate.Bound == null && gate.Baseline == null), "There can never be a first version",
            "only .NotWorseThanChampion(…)",
            "a gate that needs no champion", "add .AtMost(…), .AtLeast(…) or .Beats(…) to a gate");
        foreach (var gate in gates)
        {
            AddIf(
                !gate.Metric.Suits(classes), "The metric does not measure this task", gate.Metric.Name,
                "one of " + string.Join(", ", Metrics.For(classes).Select(metric => metric.Name)), "take a metric of the task");
            AddIf(
                gate.Baseline is { } baseline && !BaselinePredictor.Suits(baseline, classes, contract),
                "The baseline does not predict this", gate.Baseline is { } named ? BaselinePredictor.NameOf(named) : null,
                classes == null ? "training mean or median; same hour last week where rows have times" : "class shares or majority class",
                "take a baseline of the task");
        }
    }

    private void AddIf(bool condition, string what, string? value, string expected, string fix)
    {
        if (condition)
        {
            Add(what, value, expected, fix);
        }
    }

    private void Add(string what, string? value, string expected, string fix) =>
        _findings.Add(new("MLB2009", what, $"pipeline {pipeline}", value, expected, fix));
}
