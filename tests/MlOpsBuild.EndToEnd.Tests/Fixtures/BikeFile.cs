namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A small file that keeps the contract, to be broken on purpose.</summary>
internal static class BikeFile
{
    public const string Header =
        "instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed,casual,registered,cnt";

    /// <summary>Header and two days of hours.</summary>
    public static List<string> Lines() =>
        [Header, .. Enumerable.Range(0, 48).Select(
            hour => $"{hour + 1},2011-01-{3 + (hour / 24):00},1,0,1,{hour % 24},0,{1 + (hour / 24)},1,1,0.24,0.2879,0.81,0,3,13,16")];
}
