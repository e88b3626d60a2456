using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Asks a language model how good an answer is.</summary>
/// <param name="judge">Which, and what it is told.</param>
/// <param name="prompt">That, read.</param>
/// <param name="book">Who asks.</param>
internal sealed class JudgeAnswer(AnswerJudge judge, PromptTemplate prompt, AnswerBook book)
{
    private const string Answer = "answer";
    private const string Expected = "expected";

    // Beyond the times that a case is asked, so that another attempt is another question.
    private const int Attempts = 3;

    public string Name => judge.Name;

    /// <summary>Reads what the judge is told.</summary>
    /// <exception cref="StageFailedException">It names what it is not given.</exception>
    public static JudgeAnswer Read(AnswerJudge judge, string root, IReadOnlyList<string> columns, AnswerBook book)
    {
        var prompt = PromptTemplate.Parse(File.ReadAllText(Path.GetFullPath(judge.Prompt, root)));
        List<Finding> findings =
        [
            .. prompt.Names.Where(name => name is not (Answer or Expected) && !columns.Contains(name)).Select(name => new Finding(
                "MLB2059", "The prompt names a column that a case does not hold", judge.Prompt, $"{{{{{name}}}}}",
                "one of " + string.Join(", ", columns.Prepend(Expected).Prepend(Answer)), "correct its name")),
            .. prompt.Names.Contains(Answer)
                ? (Finding[])[]
                : [new("MLB2064", "The judge is not shown the answer", judge.Prompt, null, "{{answer}}", "add it to the prompt")],
        ];
        return findings.Count > 0
            ? throw new StageFailedException("The judge cannot be asked", findings, Verdict.Error)
            : new(judge, prompt, book);
    }

    /// <summary>What it says, from 0 to 1.</summary>
    public async Task<double> ScoreAsync(
        JsonObject features, string answer, string? expected, int time, CancellationToken cancellationToken)
    {
        var messages = prompt.Fill(name => name switch
        {
            Answer => answer,
            Expected => expected ?? "",
            _ => FieldText.Of(features[name]),
        });
        var said = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            said = (await book.AskAsync(judge.Endpoint, messages, (time * Attempts) + attempt, cancellationToken)).Text;
            if (Read(said) is { } score)
            {
                return score;
            }
        }

        throw new StageFailedException(new Finding(
            "MLB2065", "The judge gives no score", judge.Prompt, Excerpt.Of(said), "a number from 0 to 1, or JSON with one as score",
            "say so in its prompt"));
    }

    /// <summary>The score in what a judge said; null where there is none.</summary>
    internal static double? Read(string said)
    {
        var text = said.Trim();
        if (text.StartsWith("```", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line)
        {
            text = text[(line + 1)..].TrimEnd('`', '\n', '\r', ' ');
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                score = document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("score", out var number)
                    && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : double.NaN;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        return score is >= 0 and <= 1 ? score : null;
    }
}
