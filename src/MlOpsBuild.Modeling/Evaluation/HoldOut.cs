using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Keeps the last whole days out of training.</summary>
/// <param name="Days">Number of days held out.</param>
public sealed record HoldOut(int Days)
{
    /// <summary>Positions of training rows and of held-out rows; both in time order, never overlapping.</summary>
    public (IReadOnlyList<int> Training, IReadOnlyList<int> HeldOut) Split(DataTable table)
    {
        if (table.Times.Count == 0)
        {
            return ([.. Enumerable.Range(0, table.Rows)], []);
        }

        var last = table.Times[^1].Date;
        var first = last.AddDays(-Math.Min(Days - 1, (last - DateTime.MinValue).TotalDays));
        var positions = Enumerable.Range(0, table.Rows).ToLookup(position => table.Times[position] >= first);
        return ([.. positions[false]], [.. positions[true]]);
    }
}
