using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Counts the cells of a column that break a promise, by promise, with the first of them.</summary>
internal sealed class ViolationCounter
{
    private const int MostKinds = 100;
    private const string Others = "Another problem";
    private readonly List<(string What, long Cells, string Where, string Value)> _broken = [];

    /// <summary>The number of a promise, from 1 on; 0 where none is broken.</summary>
    public byte NumberOf(string? problem)
    {
        if (problem == null)
        {
            return 0;
        }

        var at = _broken.FindIndex(broken => broken.What == problem);
        if (at < 0 && _broken.Count >= MostKinds && problem != Others)
        {
            return NumberOf(Others);
        }

        if (at < 0)
        {
            at = _broken.Count;
            _broken.Add((problem, 0, "", ""));
        }

        return (byte)(at + 1);
    }

    /// <summary>Counts a cell.</summary>
    public void Count(byte number, RowBatch batch, int row, ReadOnlySpan<byte> cell)
    {
        var (what, cells, where, value) = _broken[number - 1];
        _broken[number - 1] = cells == 0 ? (what, 1, batch.Place(row), CellHint.Shown(cell)) : (what, cells + 1, where, value);
    }

    /// <summary>The number here of a promise of another tally.</summary>
    public byte Merge(byte number, ViolationCounter other) => number == 0 ? (byte)0 : NumberOf(other._broken[number - 1].What);

    /// <summary>Takes over what another tally counted; what this one saw was before it.</summary>
    public void MergeCounts(ViolationCounter other)
    {
        foreach (var (what, cells, where, value) in other._broken)
        {
            var at = NumberOf(what) - 1;
            var mine = _broken[at];
            _broken[at] = mine.Cells == 0 ? (mine.What, cells, where, value) : mine with { Cells = mine.Cells + cells };
        }
    }

    /// <summary>What is broken, most cells first.</summary>
    public IReadOnlyList<ContractViolation> ToList(bool hidesValues) =>
        [.. _broken.OrderByDescending(broken => broken.Cells)
            .ThenBy(broken => broken.What, StringComparer.Ordinal)
            .Select(broken => new ContractViolation(broken.What, broken.Cells, broken.Where, hidesValues ? "***" : broken.Value))];
}
