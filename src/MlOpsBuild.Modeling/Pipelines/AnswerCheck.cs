using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Modeling.Training.Prompt;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>What does not go together in a pipeline of answers, and what belongs to one only.</summary>
internal sealed class AnswerCheck(string pipeline, AnswerSpec? answers)
{
    public IEnumerable<Finding> Of(
        TrainerSpec? trainer, HoldOut? holdOut, IReadOnlyList<GateSpec> gates, bool hasClasses, TargetTransform scale, int features,
        int behaviour, ServingBudget budget)
    {
        foreach (var gate in gates.Where(gate => gate.Metric.OfAnswers != (answers != null)))
        {
            yield return Wrong(
                ".Gate(…)", gate.Metric.Name,
                answers == null
                    ? "a metric of predictions: answers are scored by .Answer(…)"
                    : "Metrics.MeanScore, CostPerThousandAnswers, TokensPerAnswer, or Score(…)");
        }

        if (answers == null)
        {
            if (trainer is PromptTrainer)
            {
                yield return Wrong(".Train(…)", trainer.Kind, ".Answer(…), which says how answers are scored, instead of .Predict(…)");
            }

            yield break;
        }

        if (trainer is not (null or PromptTrainer))
        {
            yield return Wrong(".Train(…)", trainer.Kind, "Trainers.Prompt(…)");
        }

        if (answers.Texts.Count + answers.Schemas.Count + answers.Judges.Count == 0)
        {
            yield return Wrong(".Answer(…)", "no scorer", "Exact, Contains, Matches, Schema or Judge");
        }

        foreach (var name in NamesOf(answers).GroupBy(name => name).Where(name => name.Count() > 1))
        {
            yield return Wrong(".Answer(…)", name.Key, "each scorer once");
        }

        foreach (var gate in gates.Where(gate => gate.Metric is FigureMetric { Scorer: { } scorer } && !NamesOf(answers).Contains(scorer)))
        {
            yield return Wrong(
                ".Gate(…)", gate.Metric.Name, "one of " + string.Join(", ", NamesOf(answers).Select(name => $"Score(\"{name}\")")));
        }

        foreach (var gate in gates.Where(gate => gate.Metric == Metrics.CostPerThousandAnswers && trainer is PromptTrainer
            { Endpoint: { InputPrice: null } or { OutputPrice: null } }))
        {
            yield return Wrong(".Gate(…)", gate.Metric.Name, "an endpoint with InputPrice and OutputPrice");
        }

        foreach (var gate in gates.Where(gate => gate.Baseline != null))
        {
            yield return Wrong(".Gate(…)", $"{gate.Metric.Name}, Beats", "AtLeast, AtMost or NotWorseThanChampion: no baseline answers");
        }

        (string Part, bool IsThere)[] others =
        [
            (".Features(…)", features > 0), (".Behaviour(…)", behaviour > 0), (".HoldOut(…)", holdOut is not AllCases),
            (".Predict(…) of classes", hasClasses), (".Target(…)", scale != TargetTransform.Identity),
            (".Budget(…) under load", budget.NeedsLoad),
        ];
        foreach (var (part, _) in others.Where(part => part.IsThere))
        {
            yield return Wrong(
                part, "declared", "none: a prompt reads columns by their names, all rows are cases, and answers are no numbers");
        }
    }

    private static IEnumerable<string> NamesOf(AnswerSpec answers) =>
    [
        .. answers.Texts.Select(scorer => scorer.Name), .. answers.Schemas.Select(SchemaAnswer.NameOf),
        .. answers.Judges.Select(judge => judge.Name),
    ];

    private Finding Wrong(string where, string value, string expected) => new(
        "MLB2062", "This does not go with answers", $"pipeline {pipeline}, {where}", value, expected, "correct the definition");
}
