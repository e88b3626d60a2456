using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Prompts;

namespace MlOpsBuild.Modeling.Training.Prompt;

/// <summary>Makes a model of a prompt and an endpoint; nothing is learnt, and nothing is asked.</summary>
/// <param name="Prompt">The prompt's file, below the checkout.</param>
/// <param name="Endpoint">Where the language model answers.</param>
/// <param name="SendsPersonalData">Whether personal data may leave this machine.</param>
public sealed record PromptTrainer(string Prompt, ChatEndpoint Endpoint, bool SendsPersonalData) : TrainerSpec
{
    /// <inheritdoc />
    public override string Kind => "prompt";

    /// <inheritdoc />
    public override bool Standardises => false;

    /// <inheritdoc />
    public override bool RunsPrograms => true;

    /// <inheritdoc />
    public override IReadOnlyList<string> Files => [Prompt];

    /// <inheritdoc />
    public override string Describe() => $"{Kind} {Prompt}, {Endpoint.Describe()}{(SendsPersonalData ? ", sends personal data" : "")}";

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) => Make(rows.Contract, rows.Root);

    /// <summary>The model.</summary>
    /// <param name="contract">What a case holds.</param>
    /// <param name="root">The checkout.</param>
    /// <exception cref="StageFailedException">The prompt says nothing, or names what a case does not hold or may not tell.</exception>
    internal PromptModel Make(DataContract contract, string root)
    {
        var template = PromptTemplate.Parse(File.ReadAllText(Path.GetFullPath(Prompt, root)));
        var known = contract.KnownWhenPredicting;
        var findings = new List<Finding>();
        if (template.Messages.Count == 0)
        {
            findings.Add(new("MLB2058", "The prompt says nothing", Prompt, null, "a text", "write what the language model is told"));
        }

        foreach (var name in template.Names)
        {
            if (known.All(field => field.Name != name))
            {
                findings.Add(new(
                    "MLB2059", "The prompt names a column that a case does not hold", Prompt, $"{{{{{name}}}}}",
                    "one of " + string.Join(", ", known.Select(field => field.Name)), "correct its name"));
            }
            else if (!SendsPersonalData && !Endpoint.IsLocal && contract.Personal.Contains(name))
            {
                findings.Add(new(
                    "MLB2060", "Personal data would be sent to an endpoint", Prompt, $"{{{{{name}}}}}",
                    "a column that is not marked [PersonalData], or an endpoint on this machine",
                    "leave it out, or say that it may be sent: Trainers.Prompt(…, sendsPersonalData: true)"));
            }
        }

        return findings.Count > 0
            ? throw new StageFailedException("The prompt cannot be used", findings, Verdict.Error)
            : new()
            {
                Target = contract.Label.Name, Endpoint = Endpoint, Prompt = template,
                Fields = [.. known.Where(field => template.Names.Contains(field.Name))],
            };
    }
}
