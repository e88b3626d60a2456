namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Where a pull request from a fork comes from, as the host says.</summary>
/// <param name="Owner">Owner of the fork.</param>
/// <param name="Branch">Its branch.</param>
public sealed record ForkHead(string Owner, string Branch);
