using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A passed contract test.</summary>
/// <param name="GoldenRows">Predictions that were equal to training's to the bit.</param>
/// <param name="RefusedInputs">Wrong inputs that were answered by 400 with a reason.</param>
public sealed record ContractTestResult(int GoldenRows, int RefusedInputs)
{
    /// <summary>Whether these were texts, which are different ones every time: that there was one is all that was tested.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool Texts { get; init; }

    /// <summary>How fast the golden predictions came, on the machine that tested; null in results from before it was kept.</summary>
    public AnswerTimes? AnswerTimes { get; init; }

    /// <summary>What the server cost; null in results from before it was kept.</summary>
    public ServerCost? Cost { get; init; }
}
