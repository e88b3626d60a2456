using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Data;

namespace MlOpsBuild.Data.Tests;

/// <summary>The real file <c>hour.csv</c>, read once.</summary>
internal static class RealHours
{
    private static readonly Lazy<DataTable> Lazy = new(() =>
        MemoryFiles.Read(
            [("hour.csv", File.ReadAllBytes(RealData.HourFile!))], ContractReader.Of<RentalHour>(), CancellationToken.None).Table!);

    public static DataTable Table => Lazy.Value;
}
