using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Views.Tests;

/// <summary>What a station measured, told some time later.</summary>
internal sealed record StationWeather(
    [property: Entity] string Station,
    [property: Timestamp] DateTime At,
    [property: Known] DateTime Told,
    double? Temperature,
    [property: Categories("dry", "rain")] string Sky,
    int Gusts);
