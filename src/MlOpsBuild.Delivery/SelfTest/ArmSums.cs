namespace MlOpsBuild.Delivery.SelfTest;

/// <summary>Sums over the requests of one arm.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Errors">Requests that failed.</param>
/// <param name="Loss">Sum of the losses of the others.</param>
/// <param name="LossSquares">Sum of their squares.</param>
public sealed record ArmSums(int Requests, int Errors, double Loss, double LossSquares)
{
    /// <summary>No requests.</summary>
    public static ArmSums None { get; } = new(0, 0, 0, 0);

    /// <summary>Requests with an answer.</summary>
    public int Answers => Requests - Errors;

    /// <summary>Mean loss; 0 without answers.</summary>
    public double MeanLoss => Answers == 0 ? 0 : Loss / Answers;

    /// <summary>Variance of the losses; 0 without answers.</summary>
    public double LossVariance => Answers == 0 ? 0 : Math.Max(0, (LossSquares / Answers) - (MeanLoss * MeanLoss));

    /// <summary>The sums of both.</summary>
    public static ArmSums Add(ArmSums left, ArmSums right) => new(left.Requests + right.Requests, left.Errors + right.Errors, left.Loss + right.Loss, left.LossSquares + right.LossSquares);

    /// <summary>With a further request: its loss, or null when it failed.</summary>
    public ArmSums With(double? loss) => new(Requests + 1, Errors + (loss == null ? 1 : 0), Loss + (loss ?? 0), LossSquares + ((loss ?? 0) * (loss ?? 0)));
}
