using System.Globalization;
using System.Text.Json;
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
    private const int Attempts = 3;

    public string Name => judge.Name;

    /// <summary>How many it is asked at once.</summary>
    public int AtOnce => judge.Endpoint.AtOnce;

    /// <summary>Reads what the judge is told.</summary>
    /// <exception cref="StageFailedException">It names what it is not given, or may not read.</exception>
    public static JudgeAnswer Read(AnswerJudge judge, string root, CaseColumns columns, AnswerBook book)
    {
        var prompt = PromptTemplate.Parse(File.ReadAllText(Path.GetFullPath(judge.Prompt, root)));
        List<Finding> findings =
        [
            .. prompt.Names.Where(name => name is not (Answer or Expected) && !columns.Known.Contains(name)).Select(name => new Finding(
                "MLB2059", "The prompt names a column that a case does not hold", judge.Prompt, $"{{{{{name}}}}}",
                "one of " + string.Join(", ", columns.Known.Prepend(Expected).Prepend(Answer)), "correct its name")),
            .. prompt.Names.Contains(Answer)
                ? (Finding[])[]
                : [new("MLB2064", "The judge is not shown the answer", judge.Prompt, null, "{{answer}}", "add it to the prompt")],
            .. judge.MayReadPersonalData ? (Finding[])[] : [.. prompt.Names.Where(IsPersonal).Select(name => new Finding(
                "MLB2060", "Personal data would be sent to an endpoint", judge.Prompt, $"{{{{{name}}}}}",
                "what is not marked [PersonalData] and answers none that is, or an endpoint on this machine",
                "leave it out, or say that it may be sent: .Judge(…, sendsPersonalData: true)"))],
        ];
        return findings.Count > 0
            ? throw new StageFailedException("The judge cannot be asked", findings, Verdict.Error)
            : new(judge, prompt, book);

        // An answer to personal data may repeat it.
        bool IsPersonal(string name) => name switch
        {
            Answer => columns.Read.Any(columns.Personal.Contains),
            Expected => columns.Personal.Contains(columns.Label),
            _ => columns.Personal.Contains(name),
        };
    }

    /// <summary>What it is told of an answer.</summary>
    public IReadOnlyList<PromptMessage> QuestionOf(AskedCase one, string answer) => prompt.Fill(name => name switch
    {
        Answer => answer,
        Expected => one.Expected ?? "",
        _ => FieldText.Of(one.Request[name]),
    });

    /// <summary>What it says to a question, from 0 to 1.</summary>
    /// <param name="question">The question.</param>
    /// <param name="time">Which time the same is asked, from 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<double> ScoreAsync(IReadOnlyList<PromptMessage> question, int time, CancellationToken cancellationToken)
    {
        var said = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            said = (await book.AskAsync(judge.Endpoint, question, time, answer => Read(answer.Text) != null, cancellationToken)).Text;
            if (Read(said) is { } score)
            {
                return score;
            }
        }

        throw new StageFailedException(new Finding(
            "MLB2065", "The judge gives no score", judge.Prompt, Excerpt.Line(said), "a number from 0 to 1, or JSON with one as score",
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
