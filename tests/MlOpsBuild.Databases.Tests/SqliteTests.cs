using Microsoft.Data.Sqlite;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Databases.Tests;

public sealed class SqliteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Rows_are_written_in_the_order_of_the_statement_and_the_same_bytes_each_time()
    {
        await ExecuteAsync(
            "create table t (id integer, name text, share real); insert into t values (2, 'b', 0.1), (1, ' a ', null), (3, 'two\nlines', 1e300)");

        var first = await AskAsync("select * from t order by id");
        var again = await AskAsync("select * from t order by id");

        again.Digest.ShouldBe(first.Digest);
        (await File.ReadAllTextAsync(first.Path)).ShouldBe("id,name,share\n1,\" a \",\n2,b,0.1\n3,\"two\nlines\",1E+300\n");
    }

    [Fact]
    public async Task A_build_changes_nothing_and_makes_no_file()
    {
        await ExecuteAsync("create table t (id integer)");

        (await Should.ThrowAsync<StageFailedException>(AskAsync("insert into t values (1) returning id")))
            .Findings[0].Value!.ShouldContain("readonly");
        (await Should.ThrowAsync<StageFailedException>(AskAsync("select 1", "absent.db")))
            .Findings[0].What.ShouldBe("The database did not answer the query");
        File.Exists(_folder["absent.db"]).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private Task<Artifact> AskAsync(string sql, string file = "shop.db") =>
        QuerySnapshot.WriteAsync(
            Databases.Sqlite(_folder[file], sql), new Dictionary<string, string>(), _folder["rows.csv"], new Progress<string>(),
            CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder["shop.db"]};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // A test's own statement.
        await using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
