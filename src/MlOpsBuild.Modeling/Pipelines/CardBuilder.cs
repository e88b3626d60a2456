using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Says of a model what only people can say; it stands on its card.</summary>
public sealed class CardBuilder
{
    internal CardBuilder()
    {
    }

    internal CardStatement Statement { get; private set; } = new();

    /// <summary>Who answers for it, and how they are reached.</summary>
    public CardBuilder Owner(string who) => With(Statement with { Owner = who });

    /// <summary>What it is for, and who uses it.</summary>
    public CardBuilder IntendedUse(string text) => With(Statement with { IntendedUse = text });

    /// <summary>What it is not for.</summary>
    public CardBuilder OutOfScope(string text) => With(Statement with { OutOfScope = text });

    /// <summary>Where it is known to be weak.</summary>
    public CardBuilder Limits(string text) => With(Statement with { Limits = text });

    /// <summary>Whom it could harm, and what is done about that.</summary>
    public CardBuilder Risks(string text) => With(Statement with { Risks = text });

    private CardBuilder With(CardStatement statement)
    {
        Statement = statement;
        return this;
    }
}
