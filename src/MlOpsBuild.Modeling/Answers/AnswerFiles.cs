using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>What is left of answered cases: scores for comparison, the cases as requests, the answers to read.</summary>
internal static class AnswerFiles
{
    private const int Thousand = 1000;

    /// <summary>Writes them into <paramref name="folder"/>.</summary>
    public static async Task WriteAsync(
        string folder, PredictionSet scores, IReadOnlyList<AskedCase> asked, IReadOnlyList<AnsweredCase> answered,
        CancellationToken cancellationToken)
    {
        // A served version is asked anew, and answers what it answers.
        var rows = asked.Zip(answered, (one, given) => new LabelledRow(
            one.Request, given.Answers[0].Score, new Prediction(given.Answers[0].Text))
        {
            Expected = one.Expected,
        }.ToLine());
        await File.WriteAllBytesAsync(
            Path.Combine(folder, EvaluateStage.PredictionsFile), CanonicalJson.Serialize(scores), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, EvaluateStage.RowsFile), string.Concat(rows), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, AskStage.AnswersFile), string.Concat(answered.Select(one => one.ToLine())), cancellationToken);
    }

    /// <summary>What is known of each case beside its score: means over the times that it was asked.</summary>
    public static Dictionary<string, double[]> FiguresOf(IReadOnlyList<AnsweredCase> answered)
    {
        var figures = new Dictionary<string, double[]>();
        if (answered.All(one => one.Answers.All(answer => answer.Tokens != null)))
        {
            figures[FigureMetric.Tokens] = Means(answer => answer.Tokens!.Value);
        }

        if (answered.All(one => one.Answers.All(answer => answer.Cost != null)))
        {
            figures[FigureMetric.Cost] = Means(answer => Thousand * answer.Cost!.Value);
        }

        if (answered is [{ Answers: [{ Scores: { } scores }, ..] }, ..])
        {
            foreach (var name in scores.Keys)
            {
                figures[name] = Means(answer => answer.Scores[name]);
            }
        }

        return figures;

        double[] Means(Func<GivenAnswer, double> value) => [.. answered.Select(one => one.Answers.Average(value))];
    }
}
