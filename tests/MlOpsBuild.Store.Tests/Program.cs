using System.Text;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Stages.Tests;

namespace MlOpsBuild.Store.Tests;

/// <summary>
/// What <see cref="OtherProcess"/> runs: it gets busy with the store, says so, and stays busy until its input ends or it is killed.
/// </summary>
internal static class Program
{
    public const string Ready = "ready";

    public static async Task<int> Main(string[] arguments)
    {
        var ended = Task.Run(Console.In.ReadLine);
        switch (arguments)
        {
            case ["lock", var path]:
                using (await FileLock.AcquireAsync(path, TimeSpan.Zero, TimeProvider.System, CancellationToken.None))
                {
                    Console.WriteLine(Ready);
                    await ended;
                }

                return 0;
            case ["stage", var root]:
                var stage = new RowsStage
                {
                    During = async () =>
                    {
                        Console.WriteLine(Ready);
                        await ended;
                    },
                };
                await MlOpsStore.At(root, TimeProvider.System)
                    .Stages("Rows")
                    .RunAsync(stage, new(1), new ReportedLines(), CancellationToken.None);
                return 0;
            case ["write", var path, var size]:
                for (var round = 0; !ended.IsCompleted; round++)
                {
                    await AtomicFile.WriteAsync(
                        path, Encoding.UTF8.GetBytes(new string(round % 2 == 0 ? 'a' : 'b', int.Parse(size))), CancellationToken.None);
                    Console.WriteLine(Ready);
                }

                return 0;
            case ["append", var root, var count]:
                for (var entry = 0; entry < int.Parse(count); entry++)
                {
                    await MlOpsStore.At(root, TimeProvider.System)
                        .Audit.AppendAsync("other", "append", "subject", "reason", [], CancellationToken.None);
                }

                Console.WriteLine(Ready);
                return 0;
            default:
                return 2;
        }
    }
}
