using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>Declares how answers are asked for and scored.</summary>
public sealed class AnswerBuilder
{
    private readonly List<Finding> _findings = [];

    internal AnswerSpec Spec { get; private set; } = new([], [], [], AnswerSpec.UsualRepeats);

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>1 for an answer that says what is expected and nothing else.</summary>
    public AnswerBuilder Exact(bool ignoreCase = false) => Take(new ExactAnswer(ignoreCase));

    /// <summary>1 for an answer with <paramref name="text"/> in it, or with what is expected when that is left out.</summary>
    public AnswerBuilder Contains(string? text = null, bool ignoreCase = false) => Take(new ContainedAnswer(text, ignoreCase));

    /// <summary>1 for an answer in which a regular expression is found; look-around and back-references are not known.</summary>
    public AnswerBuilder Matches(string pattern)
    {
        try
        {
            MatchedAnswer.Compile(pattern);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            Wrong("Matches", pattern, $"a regular expression without look-around and back-references ({problem.Message})");
        }

        return Take(new MatchedAnswer(pattern));
    }

    /// <summary>1 for an answer that is JSON and keeps to the JSON Schema in <paramref name="file"/>, below the checkout.</summary>
    public AnswerBuilder Schema(string file)
    {
        Spec = Spec with { Schemas = [.. Spec.Schemas, file] };
        return this;
    }

    /// <summary>What another language model says of the answer.</summary>
    /// <param name="file">
    /// What that is told, below the checkout: a prompt with <c>{{answer}}</c>, <c>{{expected}}</c> and the columns of the case, which asks
    /// for a number from 0 to 1.
    /// </param>
    /// <param name="endpoint">Where it answers.</param>
    /// <param name="sendsPersonalData">Whether [PersonalData], and answers to it, may be sent to an endpoint that is not on this
    /// machine.</param>
    public AnswerBuilder Judge(string file, ChatEndpoint endpoint, bool sendsPersonalData = false)
    {
        _findings.AddRange(new TrainerOptions("Judge").Endpoint(endpoint).Findings);
        Spec = Spec with { Judges = [.. Spec.Judges, new(file, endpoint, sendsPersonalData)] };
        return this;
    }

    /// <summary>How often each case is asked, since the same question gets different answers.</summary>
    /// <param name="times">3 when left out.</param>
    public AnswerBuilder Repeats(int times)
    {
        if (times < 1)
        {
            Wrong("Repeats", times.ToString(CultureInfo.InvariantCulture), "1 or more");
        }

        Spec = Spec with { Repeats = times };
        return this;
    }

    private AnswerBuilder Take(TextScorer scorer)
    {
        Spec = Spec with { Texts = [.. Spec.Texts, scorer] };
        return this;
    }

    private void Wrong(string part, string value, string expected) => _findings.Add(new(
        "MLB2061", "Answers cannot be scored so", $".Answer(…, a => a.{part}(…))", value, expected, "correct the definition"));
}
