@echo off
rem gws-simulator [--help]   a simulated GWS at http://127.0.0.1:8090 until Ctrl-C; writes no file
setlocal
set LIB=%~dp0..\lib
set JAVA=java
if defined JAVA_HOME set JAVA=%JAVA_HOME%\bin\java
"%JAVA%" -XX:+PerfDisableSharedMem "-Dlogback.configurationFile=%LIB%\simulator\logback.xml" -cp "%LIB%\simulator\*;%LIB%\*" org.imsession.simulator.GwsSimulatorMain %*
exit /b %ERRORLEVEL%
