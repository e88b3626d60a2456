using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Behaviour;

/// <summary>
/// A test of how a model behaves, beside how good it is on average: minimum functionality, invariance, direction (Ribeiro et al. 2020,
/// "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList"), and what becomes of it when a column is missing or shifted.
/// </summary>
/// <param name="name">The claim, for people.</param>
/// <param name="key">What the outcome depends on beside the model and the rows.</param>
public abstract class BehaviourTest(string name, string key)
{
    /// <summary>The claim, for people.</summary>
    public string Name { get; } = name;

    /// <summary>What the outcome depends on beside the model and the rows.</summary>
    public string Key { get; } = key;

    /// <summary>What came of it; Inconclusive where there is nothing to judge by.</summary>
    internal abstract CheckOutcome Judge(BehaviourRows rows);
}
