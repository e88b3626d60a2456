namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What a host shows beside a commit.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Conclusive">False when there was not enough evidence either way: a host that knows it asks for an action; it
/// never counts as passed.</param>
/// <param name="Title">One line.</param>
/// <param name="Summary">Markdown.</param>
public sealed record CommitState(string Name, bool Passed, bool Conclusive, string Title, string Summary)
{
    /// <summary>Remarks beside lines of the code, for hosts that show them.</summary>
    public IReadOnlyList<LineRemark> Remarks { get; init; } = [];
}
