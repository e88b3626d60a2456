namespace MlOpsBuild.Dashboard;

/// <summary>How the page is served.</summary>
/// <param name="Port">Its port on the loopback address; 0 takes a free one.</param>
/// <param name="Token">What callers must know.</param>
public sealed record DashboardOptions(int Port, string Token)
{
    /// <summary>Pause between two looks while somebody watches.</summary>
    /// <value>One second.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
