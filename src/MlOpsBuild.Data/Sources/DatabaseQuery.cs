using System.Data.Common;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sources;

/// <summary>A query of a database through ADO.NET. It is asked in every run, and what it answers is kept as a snapshot.</summary>
/// <param name="Database">The database in words, without any secret.</param>
/// <param name="Connect">Makes a connection, not opened yet; given are the environment's variables, in which secrets belong.</param>
/// <param name="Sql">One statement that gives rows; order them, so that the same rows give the same snapshot.</param>
public sealed record DatabaseQuery(string Database, Func<IReadOnlyDictionary<string, string>, DbConnection> Connect, string Sql)
{
    /// <summary>How long the database may take.</summary>
    /// <value>Ten minutes.</value>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The query in words: whom it asks, and what by its digest.</summary>
    public string Describe() => $"{Database}, query {Digest.Of(Sql).Abbreviated}";
}
