namespace MlOpsBuild.TestKit.Tracking;

/// <summary>What goes wrong with a request.</summary>
/// <param name="Which">The requests that may meet it, by method and path.</param>
/// <param name="Status">An answer in place of the work; null where the work is done.</param>
/// <param name="RetryAfter">What the answer asks for.</param>
/// <param name="Loses">Whether the connection is cut in place of an answer.</param>
/// <param name="Page">Whether a page is answered, as a proxy would.</param>
internal sealed record MlflowFault(Func<string, bool> Which, int? Status, string? RetryAfter, bool Loses, bool Page);
