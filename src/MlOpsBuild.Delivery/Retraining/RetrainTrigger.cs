namespace MlOpsBuild.Delivery.Retraining;

/// <summary>A cause to train anew, with the figures.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Reason">In words.</param>
public sealed record RetrainTrigger(RetrainCause Cause, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => $"{Cause}: {Reason}";
}
