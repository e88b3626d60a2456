using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Modeling.Answers;

/// <summary>A language model with its prompt, and the cases to ask it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rows">The cases.</param>
/// <param name="Answers">How they are asked and scored.</param>
public sealed record AskInput(Artifact Model, HoldOutRows Rows, AnswerSpec Answers)
{
    /// <summary>Whose cases these are.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>The checkout, below which files of scorers lie.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Whether the model's endpoint may be asked: it is this pipeline's own, or somebody signed it who is trusted.</summary>
    public bool AsksEndpoint { get; init; }

    /// <summary>Digests of the scorers' files.</summary>
    /// <exception cref="UsageException">Some are not there; all of them at once.</exception>
    internal IEnumerable<StageInput> Files => CheckoutFiles.Digests(Pipeline, Root, Answers.Files, ".Answer(…)");
}
