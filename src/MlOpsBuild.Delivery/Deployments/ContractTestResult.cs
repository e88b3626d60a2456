using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A passed contract test.</summary>
/// <param name="GoldenRows">Predictions that were equal to training's to the bit.</param>
/// <param name="RefusedInputs">Wrong inputs that were answered by 400 with a reason.</param>
public sealed record ContractTestResult(int GoldenRows, int RefusedInputs)
{
    /// <summary>How fast the golden predictions came, on the machine that tested; null in results from before it was kept.</summary>
    public AnswerTimes? AnswerTimes { get; init; }

    /// <summary>What the server cost; null in results from before it was kept.</summary>
    public ServerCost? Cost { get; init; }
}
