namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What a rollback did.</summary>
/// <param name="From">The version that served.</param>
/// <param name="To">The version that serves now; null where the version that was withdrawn was the first.</param>
/// <param name="Took">From the call to the moment all requests went to <paramref name="To"/>.</param>
/// <param name="Warm">Whether the version was still running.</param>
/// <param name="Note">What else there is to know, for example that the record could not be written.</param>
public sealed record RollbackResult(int From, int? To, TimeSpan Took, bool Warm, string? Note);
