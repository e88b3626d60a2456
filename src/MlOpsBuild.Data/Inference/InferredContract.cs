using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Inference;

/// <summary>What a file seems to promise.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Columns">Its columns in file order.</param>
/// <param name="Format">What has to be declared to read it.</param>
public sealed record InferredContract(long Rows, IReadOnlyList<ColumnContract> Columns, TableFormat Format)
{
    /// <summary>The step in which rows follow one another; null where there is none.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Columns that hang at times: the property, and the longest run that is usual.</summary>
    public IReadOnlyList<(string Property, int Rows)> Stuck { get; init; } = [];

    /// <summary>Columns with a smallest value that stands apart, as a zero does that means nothing was measured.</summary>
    public IReadOnlyList<(string Property, double Value)> Apart { get; init; } = [];

    /// <summary>Columns that go together in nearly all rows.</summary>
    public IReadOnlyList<ColumnPair> Pairs { get; init; } = [];

    /// <summary>Sums that hold in all rows: the properties, and the one they add up to.</summary>
    public IReadOnlyList<(string First, string Second, string Sum)> Sums { get; init; } = [];

    /// <summary>Days from the first row to the last; 0 where rows have no times.</summary>
    public int Days { get; init; }

    /// <summary>What a person should look at, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
