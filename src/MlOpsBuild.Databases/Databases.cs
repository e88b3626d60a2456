using Microsoft.Data.Sqlite;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using Npgsql;

namespace MlOpsBuild.Databases;

/// <summary>
/// Databases whose rows a pipeline learns from: <c>.Data(DataSource.Database(Databases.Sqlite("data/shop.db", "select … order by …")))</c>.
/// </summary>
public static class Databases
{
    /// <summary>A query of a SQLite file, which is only read.</summary>
    /// <param name="file">The file, relative to the folder in which the build runs, or rooted.</param>
    /// <param name="sql">One statement that gives rows; order them, so that the same rows give the same snapshot.</param>
    public static DatabaseQuery Sqlite(string file, string sql) => new(
        $"SQLite {file}",
        _ => new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()),
        sql);

    /// <summary>A query of PostgreSQL.</summary>
    /// <param name="variable">Name of the environment variable that holds the connection string, for example
    /// <c>Host=…;Username=…;Password=…;Database=…</c>; it appears in no record.</param>
    /// <param name="sql">One statement that gives rows; order them, so that the same rows give the same snapshot.</param>
    /// <exception cref="UsageException">When the query is asked: the variable is not set, or holds no connection string.</exception>
    public static DatabaseQuery Postgres(string variable, string sql) =>
        new($"PostgreSQL of ${variable}", variables => Connect(variable, variables), sql);

    private static NpgsqlConnection Connect(string variable, IReadOnlyDictionary<string, string> variables)
    {
        if (!variables.TryGetValue(variable, out var connection) || connection.Length == 0)
        {
            throw new UsageException(new Finding(
                "MLB1201", "No connection to the database", $"${variable}", null,
                "a connection string, such as Host=…;Username=…;Password=…;Database=…",
                $"set the variable {variable}; on a build server as a secret"));
        }

        try
        {
            // Sessions of a build change nothing, whatever the statement says.
            var settings = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, ApplicationName = "MlOpsBuild" };
            settings.Options = $"{settings.Options} -c default_transaction_read_only=on".Trim();
            return new(settings.ToString());
        }
        catch (ArgumentException)
        {
            // The message of the library may repeat a password.
            throw new UsageException(new Finding(
                "MLB1202", "No connection string", $"${variable}", "***", "Host=…;Username=…;Password=…;Database=…",
                "correct the variable"));
        }
    }
}
