using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Contracts;

/// <summary>What one column promises.</summary>
public sealed record ColumnContract
{
    /// <summary>Name, kind, range and categories of its cells.</summary>
    public required FieldRule Rule { get; init; }

    /// <summary>Name of the record's property.</summary>
    public required string Property { get; init; }

    /// <summary>What the column is for.</summary>
    public ColumnRole Role { get; init; }

    /// <summary>Of a label of two classes, the one whose probability is predicted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Positive { get; init; }

    /// <summary>Why a leak is one.</summary>
    public string? Note { get; init; }

    /// <summary>Whether cells may be empty.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether every value occurs once.</summary>
    public bool Unique { get; init; }

    /// <summary>Which part of the row's time it is, if any.</summary>
    public TimestampPart? Timestamp { get; init; }

    /// <summary>Whether values must never be shown.</summary>
    public bool PersonalData { get; init; }

    /// <summary>Whether new rows bring new values: names and dates of rows do, and that is no drift.</summary>
    [JsonIgnore]
    internal bool IsNewInEveryRow => Role == ColumnRole.Identifier || Rule.Kind is FieldKind.Date or FieldKind.Time;

    /// <summary>Header name.</summary>
    [JsonIgnore]
    public string Name => Rule.Name;
}
